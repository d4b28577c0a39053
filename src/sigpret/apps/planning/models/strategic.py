"""The strategic plan of an institution: what it pursues over several years."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.reference.models import TargetPopulation, UnitOfMeasure


class StrategicPlan(models.Model):
    """Mission, vision and objectives of several years; in force from the day it is approved.

    It is being prepared until somebody sends it, and another person approves it.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="strategic_plans", verbose_name=_("institución")
    )
    first_year = models.PositiveSmallIntegerField(_("primer año"))
    last_year = models.PositiveSmallIntegerField(_("último año"))
    mission = models.TextField(_("misión"), blank=True)
    vision = models.TextField(_("visión"), blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("envió")
    )
    submitted_at = models.DateTimeField(_("enviado el"), null=True, blank=True)
    return_reason = models.TextField(_("motivo de la devolución"), blank=True, db_default="")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aprobó")
    )
    approved_at = models.DateTimeField(_("aprobado el"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("plan estratégico institucional")
        verbose_name_plural = _("planes estratégicos institucionales")
        ordering: ClassVar[list[str]] = ["institution__code", "-first_year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "first_year"],
                name="one_strategic_plan_per_institution_and_start",
                violation_error_message=_(
                    "La institución ya tiene un plan estratégico que empieza ese año."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(first_year__gte=2000, last_year__gt=models.F("first_year")),
                name="a_strategic_plan_spans_years",
                violation_error_message=_("El plan estratégico abarca más de un año."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approved_strategic_plan_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | models.Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="a_sent_strategic_plan_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    models.Q(submitted_by__isnull=False)
                    & ~models.Q(approved_by=models.F("submitted_by"))
                ),
                name="nobody_approves_the_strategic_plan_they_sent",
                violation_error_message=_("Quien envió el plan estratégico no puede aprobarlo."),
            ),
        ]

    def __str__(self) -> str:
        return f"PEI {self.first_year}-{self.last_year} · {self.institution}"


class StrategicObjective(models.Model):
    plan = models.ForeignKey(StrategicPlan, models.CASCADE, related_name="objectives")
    number = models.PositiveIntegerField(_("número"))
    text = models.TextField(_("texto"))
    version = models.PositiveIntegerField(_("versión"), default=1, db_default=1)

    class Meta:
        verbose_name = _("objetivo estratégico")
        verbose_name_plural = _("objetivos estratégicos")
        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="strategic_objective_number_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class StrategicResult(models.Model):
    """A result and how it is measured over the years of the plan."""

    objective = models.ForeignKey(StrategicObjective, models.CASCADE, related_name="results")
    number = models.PositiveIntegerField(_("número"))
    text = models.TextField(_("texto"))
    assumption = models.TextField(_("supuesto"), blank=True)
    target_population = models.ForeignKey(
        TargetPopulation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("población objetivo"),
    )
    indicator = models.CharField(_("indicador"), max_length=300, blank=True)
    unit_of_measure = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, null=True, blank=True, verbose_name=_("unidad de medida")
    )
    baseline = models.DecimalField(
        _("línea base"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(
        _("año de la línea base"), null=True, blank=True
    )
    version = models.PositiveIntegerField(_("versión"), default=1, db_default=1)

    class Meta:
        verbose_name = _("resultado estratégico")
        verbose_name_plural = _("resultados estratégicos")
        ordering: ClassVar[list[str]] = ["objective", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["objective", "number"], name="strategic_result_number_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(baseline__isnull=True, baseline_year__isnull=True)
                | models.Q(baseline__isnull=False, baseline_year__isnull=False),
                name="a_strategic_baseline_says_its_year",
                violation_error_message=_("Escriba la línea base con su año."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class StrategicTarget(models.Model):
    """What the indicator of a strategic result should read in a year."""

    result = models.ForeignKey(StrategicResult, models.CASCADE, related_name="targets")
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    planned = models.DecimalField(_("meta"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("meta del resultado estratégico")
        verbose_name_plural = _("metas del resultado estratégico")
        ordering: ClassVar[list[str]] = ["result", "fiscal_year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["result", "fiscal_year"], name="one_strategic_target_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.fiscal_year} {self.planned}"
