import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEYS = ["missing", "too-hard", "no-consent", "tone", "incorrect"]


def add_reasons(apps, schema_editor):
    for order, key in enumerate(KEYS):
        apps.get_model("workflow", "Reason").objects.get_or_create(key=key, defaults={"order": order})


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0003_when_an_edit_was_saved"),
        ("stories", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(editable=False, max_length=20, unique=True)),
                ("words", models.CharField(blank=True, max_length=60, verbose_name="reason")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("is_used", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "reason to send back",
                "verbose_name_plural": "reasons to send back",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("left_out", models.JSONField(default=list)),
                ("fewest_words", models.PositiveIntegerField(blank=True, null=True)),
                ("most_words", models.PositiveIntegerField(blank=True, null=True)),
                ("own_rows", models.TextField(blank=True)),
                ("rubric", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="checklist", to="stories.rubric")),
            ],
            options={"verbose_name": "checklist", "verbose_name_plural": "checklists"},
        ),
        migrations.AlterField(
            model_name="approvalstate",
            name="reason",
            field=models.CharField(blank=True, max_length=20, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="approvalstate",
            name="answer",
            field=models.TextField(blank=True, verbose_name="answer"),
        ),
        migrations.AddField(
            model_name="approvalstate",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="approvalstate",
            name="answered_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(add_reasons, migrations.RunPython.noop),
    ]
