import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SENDERS = "Emergency senders"


def add_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name=SENDERS)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_removals"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="why it can't wait")),
                ("sent_at", models.DateTimeField()),
                ("deadline", models.DateTimeField()),
                ("state", models.CharField(choices=[("open", "Waits for a second person"), ("confirmed", "Confirmed"), ("replaced", "Replaced by an approved text"), ("taken-down", "Taken offline: nobody looked in time"), ("ended", "Taken offline by a person")], default="open", max_length=12)),
                ("settled_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("page", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="emergencies", to="stories.editorialpage")),
                ("publication", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="emergency", to="publishing.publication")),
                ("sent_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "emergency message",
                "verbose_name_plural": "emergency messages",
                "ordering": ["-sent_at", "-pk"],
                "indexes": [models.Index(condition=models.Q(("state", "open")), fields=["deadline"], name="emergency_open")],
                "constraints": [models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("page",), name="one_open_emergency_per_item")],
            },
        ),
        migrations.RunPython(add_group, migrations.RunPython.noop),
    ]
