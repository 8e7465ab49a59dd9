from django.conf import settings
from django.db import migrations

from cms.accounts.grants import grant_roles, remove_stock_groups


class Migration(migrations.Migration):
    """Every change of `roles.py` comes with a migration like this one."""

    dependencies = [
        ("accounts", "0002_initial"),
        ("media", "0001_initial"),
        ("stories", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    operations = [
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
        migrations.RunPython(remove_stock_groups, migrations.RunPython.noop),
    ]
