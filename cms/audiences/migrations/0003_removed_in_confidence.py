import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audiences", "0002_permissions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RemovedInConfidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.PositiveBigIntegerField(unique=True)),
                ("item", models.UUIDField(unique=True)),
                ("removed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "circle",
                    models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "item removed in confidence",
                "verbose_name_plural": "items removed in confidence",
            },
        ),
    ]
