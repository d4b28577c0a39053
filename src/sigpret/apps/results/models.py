"""The results matrix: what was promised, how it is measured, what serves what."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.planning.models import Product

PERIOD_CODE = r"^\d{4}(-(S[12]|Q[1-4]|T[1-3]|B[1-6]|M(0[1-9]|1[0-2])))?$"


class Goal(models.Model):
    """A commitment ("meta"): its text and place; its numbers are the indicator's targets."""

    class Level(models.TextChoices):
        PRESIDENTIAL = "presidential", _("presidencial")
        SECTORAL = "sectoral", _("sectorial")
        INSTITUTIONAL = "institutional", _("institucional")

    class ChainPosition(models.TextChoices):
        INPUT = "input", _("insumo")
        ACTIVITY = "activity", _("actividad")
        PRODUCT = "product", _("producto")
        RESULT = "result", _("resultado")
        IMPACT = "impact", _("impacto")

    code = models.CharField(_("código"), max_length=30)
    slug = models.SlugField(_("dirección"), max_length=150)
    level = models.CharField(_("nivel"), max_length=15, choices=Level.choices)
    text = models.CharField(_("meta"), max_length=500)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="goals")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="goals", null=True, blank=True
    )
    chain_position = models.CharField(
        _("posición en la cadena"), max_length=10, choices=ChainPosition.choices
    )
    is_prioritised = models.BooleanField(_("priorizada"), default=False)
    products = models.ManyToManyField(
        Product, related_name="goals", blank=True, verbose_name=_("productos vinculados")
    )

    class Meta:
        verbose_name = _("meta")
        verbose_name_plural = _("metas")
        ordering: ClassVar[list[str]] = ["code"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["level", "code"], name="goal_by_level")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="goal_code_is_unique"),
            models.UniqueConstraint(fields=["slug"], name="goal_slug_is_unique"),
            models.CheckConstraint(
                condition=models.Q(level="institutional", institution__isnull=False)
                | (~models.Q(level="institutional") & models.Q(institution__isnull=True)),
                name="only_an_institutional_goal_has_an_institution",
                violation_error_message=_("Sólo una meta institucional lleva institución."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


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

    class Meta:
        verbose_name = _("indicador")
        verbose_name_plural = _("indicadores")
        ordering: ClassVar[list[str]] = ["goal__code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(tolerance__isnull=True) | models.Q(tolerance__gte=0),
                name="tolerance_is_not_negative",
                violation_error_message=_("La tolerancia no puede ser negativa."),
            )
        ]

    def __str__(self) -> str:
        return self.name


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


class Alignment(models.Model):
    """A goal serves a goal one level above; several parents are allowed."""

    class RollupRule(models.TextChoices):
        SUM = "sum", _("suma")
        MEAN = "mean", _("promedio simple")
        WEIGHTED = "weighted", _("promedio ponderado")
        POOLED_RATIO = "pooled_ratio", _("razón agrupada")
        MAXIMUM = "maximum", _("máximo")
        MINIMUM = "minimum", _("mínimo")
        LATEST = "latest", _("último")
        NONE = "none", _("sin agregación")

    child = models.ForeignKey(Goal, models.CASCADE, related_name="serves")
    parent = models.ForeignKey(Goal, models.CASCADE, related_name="served_by")
    weight = models.DecimalField(_("peso"), max_digits=9, decimal_places=4, default=1)
    rollup_rule = models.CharField(
        _("regla de agregación"),
        max_length=15,
        choices=RollupRule.choices,
        default=RollupRule.WEIGHTED,
    )

    class Meta:
        verbose_name = _("articulación")
        verbose_name_plural = _("articulaciones")
        ordering: ClassVar[list[str]] = ["parent", "child"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["child", "parent"],
                name="goals_are_aligned_once",
                violation_error_message=_("Esas metas ya están articuladas."),
            ),
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")),
                name="a_goal_does_not_serve_itself",
                violation_error_message=_("Una meta no puede contribuir a sí misma."),
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0),
                name="alignment_weight_is_positive",
                violation_error_message=_("El peso debe ser mayor que cero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} → {self.parent_id}"
