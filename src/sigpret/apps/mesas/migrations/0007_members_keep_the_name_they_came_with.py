"""An institution that changes its name had another one in its letter."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mesas", "0006_a_matter_says_how_it_ended")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="accreditation",
            name="institution_name",
            field=models.CharField(
                blank=True,
                db_default="",
                max_length=200,
                verbose_name="nombre de la institución al acreditar",
            ),
        ),
    ]
