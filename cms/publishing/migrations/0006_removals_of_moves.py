from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_emergencies")]

    operations = [
        migrations.AddField(
            model_name="removal",
            name="moved_from",
            field=models.CharField(blank=True, default="", editable=False, max_length=50),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="removal",
            name="item_id",
            field=models.UUIDField(editable=False),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.UniqueConstraint(
                fields=("item_id", "moved_from"), name="one_report_per_removal"
            ),
        ),
    ]
