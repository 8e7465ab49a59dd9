from django.db import migrations

from cms.accounts.grants import grant_roles


class Migration(migrations.Migration):
    """Community managers and administrators look after themes and send alerts."""

    dependencies = [
        ("stories", "0007_front_page_blocks_subjects"),
        ("accounts", "0003_roles"),
        ("audiences", "0002_permissions"),
    ]

    operations = [migrations.RunPython(grant_roles, migrations.RunPython.noop)]
