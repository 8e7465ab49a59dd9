from django.db import migrations

from cms.workflow.course import ensure_workflow


def attach(apps, schema_editor):
    ensure_workflow(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(attach, migrations.RunPython.noop)]
