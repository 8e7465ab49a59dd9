from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0002_workflow")]

    operations = [
        migrations.RenameField("editnotice", "sent_at", "saved_at"),
        migrations.AlterField(
            "editnotice",
            "saved_at",
            models.DateTimeField(help_text="When the text that was looked into was saved."),
        ),
    ]
