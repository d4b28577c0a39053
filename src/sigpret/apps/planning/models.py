"""An institution's plan for a year, as the official report prints it."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure

QUARTER_CODE = r"^\d{4}-Q[1-4]$"


class AnnualPlan(models.Model):
    """The plan in force. Who changed what, when and why is in the audit chain."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plans")
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    mission = models.TextField(_("misión"), blank=True)
    vision = models.TextField(_("visión"), blank=True)
    source_report = models.CharField(_("reporte de origen"), max_length=40, blank=True)
    source_sha256 = models.CharField(_("huella del archivo de origen"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("plan operativo anual")
        verbose_name_plural = _("planes operativos anuales")
        ordering: ClassVar[list[str]] = ["institution__code", "fiscal_year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "fiscal_year"],
                name="one_annual_plan_per_institution_and_year",
                violation_error_message=_("La institución ya tiene plan para ese ejercicio."),
            ),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__gte=2000, fiscal_year__lte=2100),
                name="annual_plan_year_is_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"POA {self.fiscal_year} · {self.institution}"


class Objective(models.Model):
    plan = models.ForeignKey(AnnualPlan, models.CASCADE, related_name="objectives")
    number = models.PositiveIntegerField(_("número"))
    text = models.TextField(_("texto"))
    program_ref = models.CharField(_("referencia programática"), max_length=40, blank=True)

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


class Product(models.Model):
    """A good or service. `annual_output` null means not published: it is never zero."""

    operational_objective = models.ForeignKey(
        OperationalObjective, models.CASCADE, related_name="products"
    )
    number = models.PositiveIntegerField(_("número"))
    name = models.TextField(_("nombre"))
    unit_of_measure = models.ForeignKey(UnitOfMeasure, models.PROTECT)
    periodicity = models.ForeignKey(Periodicity, models.PROTECT)
    annual_output = models.DecimalField(
        _("producción anual"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    stems = models.TextField(_("raíces para buscar"), blank=True, editable=False, db_default="")

    class Meta:
        verbose_name = _("producto")
        verbose_name_plural = _("productos")
        ordering: ClassVar[list[str]] = ["operational_objective", "number"]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(SearchVector("stems", config="simple"), name="product_by_words")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["operational_objective", "number"],
                name="product_number_is_unique",
                violation_error_message=_("Ya hay un producto con ese número en el objetivo."),
            ),
            models.CheckConstraint(
                condition=models.Q(annual_output__isnull=True) | models.Q(annual_output__gte=0),
                name="annual_output_is_not_negative",
                violation_error_message=_("La producción anual no puede ser negativa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ProductTarget(models.Model):
    """What is programmed for a quarter. No row: the product is not due that quarter."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="targets")
    period = models.CharField(_("periodo"), max_length=8)
    planned = models.DecimalField(_("programado"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("programación del producto")
        verbose_name_plural = _("programaciones del producto")
        ordering: ClassVar[list[str]] = ["product", "period"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "period"], name="one_target_per_quarter"),
            models.CheckConstraint(
                condition=models.Q(period__regex=QUARTER_CODE), name="product_target_is_quarterly"
            ),
            models.CheckConstraint(
                condition=models.Q(planned__gte=0),
                name="product_target_is_not_negative",
                violation_error_message=_("Lo programado no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.period} {self.planned}"
