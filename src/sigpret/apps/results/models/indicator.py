"""How a goal is measured: its technical sheet, its variables and its numbers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.reference.models import Disaggregation, Periodicity
from sigpret.apps.results.models.goal import Goal

PERIOD_CODE = r"^\d{4}(-(S[12]|Q[1-4]|T[1-3]|B[1-6]|M(0[1-9]|1[0-2])))?$"


class Indicator(models.Model):
    """How a goal is measured. `responsible` is the institution that reports it."""

    class Sense(models.TextChoices):
        ASCENDING = "ascending", _("ascendente: más es mejor")
        DESCENDING = "descending", _("descendente: menos es mejor")
        MAINTAIN = "maintain", _("mantener dentro de la tolerancia")

    class Accumulation(models.TextChoices):
        SUM = "sum", _("suma")
        LAST = "last", _("último valor")
        AVERAGE = "average", _("promedio")
        MAXIMUM = "maximum", _("máximo")

    class AcrossYears(models.TextChoices):
        CUMULATIVE = "acumulado", _("acumulado")
        FLOW = "flujo", _("flujo")
        STOCK = "stock", _("stock")
        CAPACITY = "capacidad", _("capacidad")
        REDUCTION = "reduccion", _("reducción")
        ANNUAL_REDUCTION = "reduccion_anual", _("reducción anual")

    class ValueSource(models.TextChoices):
        REPORTED = "reported", _("se reporta el valor")
        FORMULA = "formula", _("se calcula de sus variables")

    goal = models.OneToOneField(Goal, models.CASCADE, related_name="indicator")
    responsible = models.ForeignKey(Institution, models.PROTECT, related_name="indicators")
    name = models.CharField(_("nombre"), max_length=400)
    definition = models.TextField(_("definición"), blank=True)
    formula = models.TextField(_("fórmula"), blank=True)
    unit = models.CharField(_("unidad"), max_length=60)
    sense = models.CharField(_("sentido"), max_length=10, choices=Sense.choices)
    accumulation = models.CharField(
        _("acumulación en el año"), max_length=10, choices=Accumulation.choices
    )
    across_years = models.CharField(
        _("acumulación entre años"), max_length=16, choices=AcrossYears.choices
    )
    baseline = models.DecimalField(
        _("línea base"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(_("año base"), null=True, blank=True)
    tolerance = models.DecimalField(
        _("tolerancia"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    source = models.CharField(_("fuente"), max_length=300, blank=True)
    means_of_verification = models.CharField(_("medio de verificación"), max_length=300, blank=True)
    responsible_unit = models.CharField(_("unidad responsable"), max_length=200, blank=True)

    periodicity = models.ForeignKey(
        Periodicity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("periodicidad"),
    )
    publication_lag_days = models.PositiveSmallIntegerField(
        _("días de rezago de la publicación"), default=0, db_default=0
    )
    value_source = models.CharField(
        _("de dónde sale el valor"),
        max_length=10,
        choices=ValueSource.choices,
        default=ValueSource.REPORTED,
        db_default=ValueSource.REPORTED,
    )
    on_track_from = models.DecimalField(
        _("en ruta desde"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    at_risk_from = models.DecimalField(
        _("en riesgo desde"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    disaggregations = models.ManyToManyField(
        Disaggregation,
        related_name="indicators",
        blank=True,
        verbose_name=_("desagregaciones"),
    )
    version = models.PositiveIntegerField(_("versión"), default=1, db_default=1)

    class Meta:
        verbose_name = _("indicador")
        verbose_name_plural = _("indicadores")
        ordering: ClassVar[list[str]] = ["goal__code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(tolerance__isnull=True) | models.Q(tolerance__gte=0),
                name="tolerance_is_not_negative",
                violation_error_message=_("La tolerancia no puede ser negativa."),
            ),
            models.CheckConstraint(
                condition=~models.Q(value_source="formula") | ~models.Q(formula=""),
                name="a_computed_indicator_has_its_formula",
                violation_error_message=_("Escriba la fórmula con que se calcula el indicador."),
            ),
            models.CheckConstraint(
                condition=models.Q(on_track_from__isnull=True, at_risk_from__isnull=True)
                | models.Q(on_track_from__gt=models.F("at_risk_from")),
                name="own_thresholds_come_in_order",
                violation_error_message=_(
                    "Escriba los dos umbrales; «en ruta» debe ser mayor que «en riesgo»."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorVariable(models.Model):
    """A number the formula is made of: what is reported when the indicator is computed."""

    class Accumulation(models.TextChoices):
        SUM = "sum", _("se suma en el año")
        LAST = "last", _("vale el último")

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="variables", verbose_name=_("indicador")
    )
    name = models.SlugField(_("nombre en la fórmula"), max_length=40)
    label = models.CharField(_("qué cuenta"), max_length=200)
    unit = models.CharField(_("unidad"), max_length=60, blank=True)
    accumulation = models.CharField(
        _("acumulación"), max_length=4, choices=Accumulation.choices, default=Accumulation.SUM
    )
    position = models.PositiveSmallIntegerField(_("orden"), default=1)

    class Meta:
        verbose_name = _("variable del indicador")
        verbose_name_plural = _("variables del indicador")
        ordering: ClassVar[list[str]] = ["indicator", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["indicator", "name"],
                name="a_formula_names_a_variable_once",
                violation_error_message=_("Dos variables no pueden llamarse igual."),
            ),
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^[a-z][a-z0-9_]*$"),
                name="a_variable_is_named_in_lower_case",
                violation_error_message=_(
                    "El nombre en la fórmula lleva minúsculas, números y guion bajo."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"


class IndicatorTarget(models.Model):
    """The goal's number for a period: a quarter, or the whole year."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    period = models.CharField(_("periodo"), max_length=8)
    planned = models.DecimalField(_("programado"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("programación del indicador")
        verbose_name_plural = _("programaciones del indicador")
        ordering: ClassVar[list[str]] = ["indicator", "period"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="one_indicator_target_per_period"
            ),
            models.CheckConstraint(
                condition=models.Q(period__regex=PERIOD_CODE),
                name="indicator_target_period_is_a_code",
                violation_error_message=_("Escriba el periodo como 2026, 2026-S1 o 2026-Q1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.planned}"
