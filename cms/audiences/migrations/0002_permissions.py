from django.db import migrations

from cms.accounts.grants import grant_roles


class Migration(migrations.Migration):
    """Community managers and administrators look after the audiences."""

    dependencies = [
        ("audiences", "0001_initial"),
        ("accounts", "0003_roles"),
    ]

    operations = [migrations.RunPython(grant_roles, migrations.RunPython.noop)]
