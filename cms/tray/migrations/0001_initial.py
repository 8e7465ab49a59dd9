import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("stories", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("question", "A question"), ("tip", "A tip"), ("wrong", "Something is not right")], default="question", max_length=10, verbose_name="kind")),
                ("words", models.TextField(max_length=2000, verbose_name="what it says")),
                ("page_path", models.CharField(blank=True, max_length=600, verbose_name="about page")),
                ("received_at", models.DateTimeField(db_index=True)),
                ("sender_email", models.EmailField(blank=True, max_length=254)),
                ("outcome", models.CharField(blank=True, choices=[("answer", "Answered"), ("correction", "Corrected"), ("idea", "Kept as an idea"), ("request", "Asked somebody to write about it"), ("nothing", "Read, nothing done")], max_length=10)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("settled_at", models.DateTimeField(null=True)),
                ("item", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notes", to="stories.editorialpage")),
                ("sender", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notes", to=settings.AUTH_USER_MODEL)),
                ("settled_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "note in the tray",
                "verbose_name_plural": "notes in the tray",
                "ordering": ["-received_at", "-pk"],
            },
        ),
    ]
