"""Minutes carry their two deadlines, what was pending when they began, and who wrote each topic."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("mesas", "0003_sendings_wait_by_the_database_clock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="meeting",
            name="follow_up",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                verbose_name="acuerdos pendientes al iniciar",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="distribuir a más tardar"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="conformity_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="responder a más tardar"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="written_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="escrito el"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="escrito por",
            ),
        ),
    ]
