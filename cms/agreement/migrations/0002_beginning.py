from django.db import migrations


def begin(apps, schema_editor):
    apps.get_model("agreement", "Beginning").objects.create()


class Migration(migrations.Migration):
    dependencies = [("agreement", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
