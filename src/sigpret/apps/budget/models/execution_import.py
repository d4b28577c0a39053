"""Files of execution that came in: how their columns were read and what was refused."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.institutions.models import Institution


class ColumnMapping(models.Model):
    """Which column of a kind of file is which; found again by the digest of its headers.

    `institution` null: DIGER said it of a file of the whole country. What one institution said is
    never proposed to another.
    """

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institución"),
    )
    name = models.CharField(_("nombre"), max_length=200)
    headers_digest = models.CharField(_("huella de los encabezados"), max_length=64)
    columns = models.JSONField(_("columnas"))
    saved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("guardada por")
    )
    saved_at = models.DateTimeField(_("guardada el"))

    class Meta:
        verbose_name = _("correspondencia de columnas")
        verbose_name_plural = _("correspondencias de columnas")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "headers_digest"],
                nulls_distinct=False,
                name="one_mapping_per_institution_and_headers",
                violation_error_message=_("Ya se señalaron las columnas de esos encabezados."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ExecutionImport(models.Model):
    """A file of execution: read in the background, looked at, and applied or discarded.

    `institution` null: of the whole country, which only DIGER brings. `period` is the year when
    each row says its own. `columns` is how the file is read: its layout, mapping and decimal mark.
    `totals` are the sums of its rows and what it declares, per column, to reconcile; `new_codes`
    what no catalogue knows yet, with the names the file gives. While it is in review its rows wait
    in `budget_staged_row`, a table without a model that holds nothing else.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("faltan columnas por señalar")
        READING = "reading", _("leyendo")
        REVIEW = "review", _("por confirmar")
        APPLYING = "applying", _("guardando")
        APPLIED = "applied", _("guardada")
        FAILED = "failed", _("no se pudo guardar")
        DISCARDED = "discarded", _("descartada")

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="execution_imports",
        verbose_name=_("institución"),
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    period = models.CharField(_("periodo"), max_length=8)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    file_name = models.CharField(_("nombre del archivo"), max_length=255)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices)
    columns = models.JSONField(_("columnas"), default=dict)
    rows_read = models.PositiveIntegerField(_("filas leídas"), default=0)
    rows_new = models.PositiveIntegerField(_("filas nuevas"), default=0)
    rows_changed = models.PositiveIntegerField(_("filas que cambian"), default=0)
    rows_same = models.PositiveIntegerField(_("filas iguales"), default=0)
    rows_refused = models.PositiveIntegerField(_("filas rechazadas"), default=0)
    totals = models.JSONField(_("totales"), default=dict)
    new_codes = models.JSONField(_("códigos nuevos"), default=dict, db_default={})
    is_cumulative = models.BooleanField(
        _("los montos vienen acumulados desde enero"), default=False, db_default=False
    )
    accepts_new_codes = models.BooleanField(
        _("acepta crear los códigos nuevos"), default=False, db_default=False
    )
    problem = models.TextField(_("problema"), blank=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("enviada por")
    )
    sent_at = models.DateTimeField(_("enviada el"))
    applied_at = models.DateTimeField(_("guardada el"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("importación de ejecución")
        verbose_name_plural = _("importaciones de ejecución")
        ordering: ClassVar[list[str]] = ["-sent_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "mapping",
                        "reading",
                        "review",
                        "applying",
                        "applied",
                        "failed",
                        "discarded",
                    ]
                ),
                name="execution_import_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.file_name}"


class RefusedRow(models.Model):
    """A row of a file that was not stored: its line, what it said and why not."""

    execution_import = models.ForeignKey(
        ExecutionImport,
        models.CASCADE,
        related_name="refused",
        verbose_name=_("importación"),
    )
    line_number = models.PositiveIntegerField(_("línea"))
    reason = models.CharField(_("motivo"), max_length=300)
    content = models.TextField(_("contenido"))

    class Meta:
        verbose_name = _("fila rechazada")
        verbose_name_plural = _("filas rechazadas")
        ordering: ClassVar[list[str]] = ["execution_import", "line_number", "pk"]

    def __str__(self) -> str:
        return f"{self.line_number}: {self.reason}"
