"""A run is dated by whoever asks for it, so that the demonstration's clock holds here too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="evaluationrun",
            name="run_at",
            field=models.DateTimeField(verbose_name="calculada el"),
        ),
    ]
