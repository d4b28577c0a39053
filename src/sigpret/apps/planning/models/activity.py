"""What it takes to produce: the activities of a product and the inputs they use."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.models.product import Product
from sigpret.apps.reference.models import ExpenseObject, FundingSource, UnitOfMeasure


class Activity(models.Model):
    """Work done to deliver a product.

    `stated_cost` is its apportioned cost in lempiras, used when it has no inputs; null: not
    stated. What it costs is worked out in `methodology.costs`.
    """

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="activities", verbose_name=_("producto")
    )
    number = models.PositiveIntegerField(_("número"))
    name = models.CharField(_("nombre"), max_length=300)
    responsible = models.CharField(_("responsable"), max_length=200, blank=True)
    first_quarter = models.PositiveSmallIntegerField(_("empieza en el trimestre"), default=1)
    last_quarter = models.PositiveSmallIntegerField(_("termina en el trimestre"), default=4)
    stated_cost = models.DecimalField(
        _("costo"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("actividad del producto")
        verbose_name_plural = _("actividades del producto")
        ordering: ClassVar[list[str]] = ["product", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "number"], name="activity_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(
                    first_quarter__gte=1,
                    last_quarter__lte=4,
                    last_quarter__gte=models.F("first_quarter"),
                ),
                name="a_product_activity_ends_after_it_starts",
                violation_error_message=_(
                    "La actividad termina en el trimestre en que empieza o después."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(stated_cost__isnull=True) | models.Q(stated_cost__gte=0),
                name="an_activity_cost_is_not_negative",
                violation_error_message=_("El costo no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Input(models.Model):
    """Something bought or paid for an activity.

    `is_per_unit`: the quantity is for one unit of the product, and grows with its output;
    otherwise it is for the whole year. `unit_price` is in lempiras.
    """

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="inputs", verbose_name=_("actividad")
    )
    number = models.PositiveIntegerField(_("número"))
    name = models.CharField(_("nombre"), max_length=300)
    unit_of_measure = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, null=True, blank=True, verbose_name=_("unidad de medida")
    )
    expense_object = models.ForeignKey(
        ExpenseObject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("objeto del gasto"),
    )
    funding_source = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fuente de financiamiento"),
    )
    quantity = models.DecimalField(_("cantidad"), max_digits=20, decimal_places=4)
    is_per_unit = models.BooleanField(_("por cada unidad del producto"), default=False)
    unit_price = models.DecimalField(_("precio unitario"), max_digits=20, decimal_places=2)

    class Meta:
        verbose_name = _("insumo de la actividad")
        verbose_name_plural = _("insumos de la actividad")
        ordering: ClassVar[list[str]] = ["activity", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "number"], name="input_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0, unit_price__gte=0),
                name="an_input_is_not_negative",
                violation_error_message=_("La cantidad y el precio no pueden ser negativos."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
