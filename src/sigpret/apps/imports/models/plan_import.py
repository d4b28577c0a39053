"""A file on its way into a plan. Nothing reaches `planning` before it is confirmed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution


class PlanImport(models.Model):
    """One uploaded report: the original file, what was read, what the planner corrected."""

    class State(models.TextChoices):
        REFUSED = "refused", _("rechazada")
        REVIEW = "review", _("en revisión")
        CONFIRMED = "confirmed", _("confirmada")
        DISCARDED = "discarded", _("descartada")

    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="plan_imports"
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"), null=True, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices)
    file = models.FileField(_("archivo original"), max_length=200)
    filename = models.CharField(_("nombre del archivo"), max_length=200)
    sha256 = models.CharField(_("huella del archivo"), max_length=64)
    document = models.JSONField(_("lo que se leyó"))
    corrections = models.JSONField(_("lo que se corrigió"), default=dict)
    distribution = models.JSONField(_("distribución por trimestre"), default=dict)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("subido el"))
    updated_at = models.DateTimeField(_("última corrección"))
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("importación de plan")
        verbose_name_plural = _("importaciones de plan")
        ordering: ClassVar[list[str]] = ["-uploaded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="refused")
                | models.Q(fiscal_year__isnull=False, institution__isnull=False),
                name="what_was_read_says_whose_and_for_when",
            ),
            models.UniqueConstraint(
                fields=["institution", "sha256"],
                condition=models.Q(state="review"),
                name="one_draft_per_file",
                violation_error_message=_("Ese archivo ya está en revisión."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} {self.state}"
