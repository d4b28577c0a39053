"""The days by which a year is planned and its budget proposed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormulationStep(models.Model):
    """A step of the formulation calendar of a year and its last day."""

    class Code(models.TextChoices):
        START = "start", _("inicio de la formulación")
        CEILINGS = "ceilings", _("techos presupuestarios")
        SUBMISSION = "submission", _("envío del plan")
        APPROVAL = "approval", _("aprobación de la máxima autoridad")
        ACCEPTANCE = "acceptance", _("aceptación de DIGER")
        LOCK = "lock", _("bloqueo del plan")
        BUDGET_PROPOSAL = "budget_proposal", _("propuesta de presupuesto")

    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    code = models.CharField(_("paso"), max_length=20, choices=Code.choices)
    due_on = models.DateField(_("último día"))
    source = models.CharField(_("fuente"), max_length=300)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("paso del calendario de formulación")
        verbose_name_plural = _("pasos del calendario de formulación")
        ordering: ClassVar[list[str]] = ["fiscal_year", "due_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fiscal_year", "code"], name="one_formulation_step_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.code} {self.due_on}"
