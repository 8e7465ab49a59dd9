from django.db import migrations, models

import cms.stories.synonyms


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0008_permissions"),
    ]

    operations = [
        migrations.AddField(
            model_name="hubpage",
            name="synonyms",
            field=models.TextField(
                blank=True,
                default="",
                help_text="A line for each meaning, with commas between: fiets, rijwiel, tweewieler",
                validators=[cms.stories.synonyms.refuse_odd_synonyms],
                verbose_name="words that mean the same",
            ),
        ),
    ]
