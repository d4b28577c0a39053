"""What an institution produces: its products, quarter by quarter and year by year."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.models.outline import OperationalObjective
from sigpret.apps.reference.models import DisaggregationCategory, Periodicity, UnitOfMeasure

QUARTER_CODE = r"^\d{4}-Q[1-4]$"


class ProductKind(models.TextChoices):
    FINAL = "final", _("final")
    INTERMEDIATE = "intermediate", _("intermedio")


class Accumulation(models.TextChoices):
    """How the quarters make the year (`methodology.values`)."""

    SUM = "sum", _("suma de los trimestres")
    LAST = "last", _("el último trimestre")
    AVERAGE = "average", _("promedio de los trimestres")
    MAXIMUM = "maximum", _("el mayor de los trimestres")


class Product(models.Model):
    """A good or service. `annual_output` null means not published: it is never zero.

    `kind` blank: the plan does not say whether it is final or intermediate, and nobody infers
    it.
    """

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
    kind = models.CharField(
        _("clase"), max_length=12, choices=ProductKind.choices, blank=True, db_default=""
    )
    accumulation = models.CharField(
        _("acumulación en el año"),
        max_length=8,
        choices=Accumulation.choices,
        default=Accumulation.SUM,
        db_default=Accumulation.SUM,
    )
    responsible_unit = models.CharField(
        _("unidad responsable"), max_length=200, blank=True, db_default=""
    )
    means_of_verification = models.TextField(_("medio de verificación"), blank=True, db_default="")
    version = models.PositiveIntegerField(_("versión"), default=1, db_default=1)
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
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *ProductKind.values]),
                name="product_kind_is_known_or_blank",
            ),
            models.CheckConstraint(
                condition=models.Q(accumulation__in=Accumulation.values),
                name="product_accumulation_is_known",
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


class ProductYear(models.Model):
    """What is foreseen for a year after the plan's own: the multi-year programming."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="later_years", verbose_name=_("producto")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    planned = models.DecimalField(_("programado"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("programación plurianual del producto")
        verbose_name_plural = _("programaciones plurianuales del producto")
        ordering: ClassVar[list[str]] = ["product", "fiscal_year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["product", "fiscal_year"], name="one_foresight_per_product_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(planned__gte=0),
                name="a_foresight_is_not_negative",
                violation_error_message=_("Lo programado no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.fiscal_year} {self.planned}"


class ProductTerritory(models.Model):
    """What of a year's output is foreseen in a territory. No row: it is not split by territory."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="territories", verbose_name=_("producto")
    )
    territory = models.ForeignKey(
        DisaggregationCategory, models.PROTECT, related_name="+", verbose_name=_("territorio")
    )
    planned = models.DecimalField(_("programado"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("territorio del producto")
        verbose_name_plural = _("territorios del producto")
        ordering: ClassVar[list[str]] = ["product", "territory__position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["product", "territory"], name="a_territory_once_per_product"
            ),
            models.CheckConstraint(
                condition=models.Q(planned__gte=0),
                name="a_territory_share_is_not_negative",
                violation_error_message=_("Lo programado no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.territory_id} {self.planned}"
