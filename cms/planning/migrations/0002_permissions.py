from django.db import migrations

from cms.accounts.grants import grant_roles


class Migration(migrations.Migration):
    """Community managers and administrators choose when colleagues are left alone."""

    dependencies = [
        ("planning", "0001_initial"),
        ("accounts", "0003_roles"),
    ]

    operations = [migrations.RunPython(grant_roles, migrations.RunPython.noop)]
