"""Whoever came gives conformity, at their own address and with a key that only opens that."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mesas", "0008_a_day_knows_when_it_was_called")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="participant",
            name="conformity_key",
            field=models.UUIDField(
                db_default=RandomUUID(),
                editable=False,
                unique=True,
                verbose_name="llave de la conformidad",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="substitute_email",
            field=models.EmailField(
                blank=True,
                db_default="",
                max_length=254,
                verbose_name="correo de quien la sustituye",
            ),
        ),
    ]
