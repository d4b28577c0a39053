"""What a plan pursues: objectives, their results and their operational objectives."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.models.plan import AnnualPlan
from sigpret.apps.planning.models.strategic import StrategicObjective
from sigpret.apps.reference.models import TargetPopulation


class Objective(models.Model):
    plan = models.ForeignKey(AnnualPlan, models.CASCADE, related_name="objectives")
    number = models.PositiveIntegerField(_("número"))
    text = models.TextField(_("texto"))
    program_ref = models.CharField(_("referencia programática"), max_length=40, blank=True)
    strategic_objective = models.ForeignKey(
        StrategicObjective,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="annual_objectives",
        verbose_name=_("objetivo estratégico"),
    )

    class Meta:
        verbose_name = _("objetivo")
        verbose_name_plural = _("objetivos")
        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="objective_number_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class Result(models.Model):
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="results")
    number = models.PositiveIntegerField(_("número"))
    text = models.TextField(_("texto"))
    assumption = models.TextField(_("supuesto"), blank=True)
    target_population = models.ForeignKey(TargetPopulation, models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("resultado")
        verbose_name_plural = _("resultados")
        ordering: ClassVar[list[str]] = ["objective", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["objective", "number"], name="result_number_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class OperationalObjective(models.Model):
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="operational_objectives")
    number = models.PositiveIntegerField(_("número"))
    text = models.TextField(_("texto"))

    class Meta:
        verbose_name = _("objetivo operativo")
        verbose_name_plural = _("objetivos operativos")
        ordering: ClassVar[list[str]] = ["objective", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["objective", "number"], name="operational_objective_number_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"
