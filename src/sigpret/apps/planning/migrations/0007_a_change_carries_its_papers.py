"""A request to change a plan may carry papers; nobody keeps a version just for having saved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
        ("planning", "0006_a_strategic_plan_is_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="planversion",
            name="occasion",
            field=models.CharField(
                choices=[
                    ("recorded", "importado"),
                    ("copied", "copiado del año anterior"),
                    ("uploaded", "subido de Excel"),
                    ("submitted", "enviado"),
                    ("changed", "cambio aprobado"),
                ],
                max_length=10,
                verbose_name="ocasión",
            ),
        ),
        migrations.CreateModel(
            name="PlanChangeFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nombre del archivo")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False, verbose_name="se publica si el cambio se acepta"
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="adjuntado el")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="adjuntó",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="planning.planchange",
                        verbose_name="solicitud",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.storedfile",
                        verbose_name="archivo",
                    ),
                ),
            ],
            options={
                "verbose_name": "documento de una solicitud de cambio",
                "verbose_name_plural": "documentos de las solicitudes de cambio",
                "ordering": ["change", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="planchangefile",
            constraint=models.UniqueConstraint(
                fields=("change", "file"),
                name="a_file_once_per_plan_change",
                violation_error_message="Ese documento ya está en la solicitud.",
            ),
        ),
    ]
