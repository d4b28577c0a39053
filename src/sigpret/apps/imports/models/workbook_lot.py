"""A workbook somebody filled in, on its way into a report, the matrix or a plan."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution


class WorkbookLot(models.Model):
    """One uploaded workbook: the file, its cells as read, what was corrected or decided here.

    Nothing of it is in the report, the matrix or the plan until it is applied. `content`,
    `corrections` and `decisions` have the forms of `imports.lots`.
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("reporte trimestral")
        MATRIX = "matrix", _("matriz de resultados")
        PLAN = "plan", _("plan operativo")

    class State(models.TextChoices):
        REFUSED = "refused", _("rechazado")
        REVIEW = "review", _("en revisión")
        APPLIED = "applied", _("aplicado")
        DISCARDED = "discarded", _("descartado")

    kind = models.CharField(_("qué trae"), max_length=10, choices=Kind.choices)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workbook_lots",
        verbose_name=_("institución"),
    )
    period = models.CharField(_("periodo"), max_length=8, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices)
    file = models.FileField(_("archivo original"), max_length=200)
    filename = models.CharField(_("nombre del archivo"), max_length=200)
    sha256 = models.CharField(_("huella del archivo"), max_length=64)
    content = models.JSONField(_("lo que se leyó"), default=dict)
    corrections = models.JSONField(_("lo que se corrigió aquí"), default=dict)
    decisions = models.JSONField(_("lo que se decidió de cada conflicto"), default=dict)
    applied_rows = models.PositiveIntegerField(_("filas aplicadas"), default=0)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("subido por")
    )
    uploaded_at = models.DateTimeField(_("subido el"))
    updated_at = models.DateTimeField(_("último cambio"))
    expires_at = models.DateTimeField(_("vence"))
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("lote de Excel")
        verbose_name_plural = _("lotes de Excel")
        ordering: ClassVar[list[str]] = ["-uploaded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="refused")
                | ~models.Q(kind="report")
                | (models.Q(institution__isnull=False) & ~models.Q(period="")),
                name="a_report_lot_says_whose_and_for_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="refused")
                | ~models.Q(kind="plan")
                | (models.Q(institution__isnull=False) & ~models.Q(period="")),
                name="a_plan_lot_says_whose_and_of_which_year",
            ),
            models.UniqueConstraint(
                fields=["kind", "uploaded_by", "sha256"],
                condition=models.Q(state="review"),
                name="one_lot_per_file_and_person",
                violation_error_message=_("Ese archivo ya está en revisión."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} {self.state}"
