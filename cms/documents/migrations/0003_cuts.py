from django.db import migrations, models


class Migration(migrations.Migration):
    """The feed says of what something was taken out on request, so that no release keeps it."""

    dependencies = [("documents", "0002_looks")]

    operations = [
        migrations.AddField(
            model_name="publicdocument",
            name="cut_seq",
            field=models.BigIntegerField(null=True),
        ),
    ]
