from django.db import migrations, models


class Migration(migrations.Migration):
    """Today asks each time which requests are past their day."""

    dependencies = [("planning", "0002_permissions")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(
                    ("assignee__isnull", False),
                    ("cancelled_at__isnull", True),
                    ("declined_at__isnull", True),
                ),
                fields=["due_on"],
                name="assignment_under_way",
            ),
        ),
    ]
