"""The document of a version is kept, as whoever answered about it read it."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("evidence", "0001_initial"),
        ("mesas", "0009_whoever_came_signs_with_a_key_of_their_own"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="minutesversion",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.storedfile",
                verbose_name="documento que se leyó",
            ),
        ),
    ]
