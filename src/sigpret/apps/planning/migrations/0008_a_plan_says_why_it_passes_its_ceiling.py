"""A plan that costs more than its ceiling is sent with the reason, which travels with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0007_a_change_carries_its_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="annualplan",
            name="ceiling_reason",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="por qué pasa del techo"
            ),
            preserve_default=False,
        ),
    ]
