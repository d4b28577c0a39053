"""What an institution's budget hangs from: its programmatic categories and its ceilings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import Product
from sigpret.apps.reference.models import FundingSource


class CategoryKind(models.TextChoices):
    """The levels of the network; what may stand under what is in `workflow`."""

    PROGRAM = "program", _("programa")
    SUBPROGRAM = "subprogram", _("subprograma")
    PROJECT = "project", _("proyecto")
    ACTIVITY = "activity", _("actividad u obra")


class ProgrammaticCategory(models.Model):
    """A node of the network of an institution and year. `code` is its own segment: `11`."""

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        related_name="programmatic_categories",
        verbose_name=_("institución"),
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("categoría superior"),
    )
    kind = models.CharField(_("clase"), max_length=10, choices=CategoryKind.choices)
    code = models.CharField(_("código"), max_length=10)
    name = models.CharField(_("nombre"), max_length=300)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("categoría programática")
        verbose_name_plural = _("categorías programáticas")
        ordering: ClassVar[list[str]] = ["institution", "fiscal_year", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "fiscal_year", "parent", "kind", "code"],
                name="a_category_code_once_under_its_parent",
                nulls_distinct=False,
                violation_error_message=_("Ya hay una categoría con ese código en ese lugar."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=CategoryKind.values), name="category_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CategoryKind.PROGRAM, parent__isnull=True)
                | (~models.Q(kind=CategoryKind.PROGRAM) & models.Q(parent__isnull=False)),
                name="only_a_program_stands_alone",
                violation_error_message=_("Sólo un programa no tiene categoría superior."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CategoryProduct(models.Model):
    """A product as a physical goal of a category, and the share of its money it takes.

    `share` is a percentage (0-100) of the category's amounts; the shares of a category add up
    to 100 at most: what is not apportioned stays in the category.
    """

    category = models.ForeignKey(
        ProgrammaticCategory,
        models.CASCADE,
        related_name="product_shares",
        verbose_name=_("categoría"),
    )
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="category_shares", verbose_name=_("producto")
    )
    share = models.DecimalField(_("parte del presupuesto, %"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("producto de la categoría")
        verbose_name_plural = _("productos de la categoría")
        ordering: ClassVar[list[str]] = ["category", "product"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["category", "product"], name="a_product_once_per_category"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=100),
                name="a_share_is_a_percentage",
                violation_error_message=_("La parte es mayor que 0 y hasta 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.product_id} {self.share}"


class Ceiling(models.Model):
    """The most an institution may propose to spend in a year, in lempiras.

    `funding_source` null: of all sources together.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="ceilings", verbose_name=_("institución")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    funding_source = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fuente de financiamiento"),
    )
    amount = models.DecimalField(_("techo"), max_digits=20, decimal_places=2)
    document = models.CharField(_("documento que lo fija"), max_length=300)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("techo presupuestario")
        verbose_name_plural = _("techos presupuestarios")
        ordering: ClassVar[list[str]] = ["institution", "fiscal_year", "funding_source"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "fiscal_year", "funding_source"],
                name="one_ceiling_per_institution_year_and_source",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="a_ceiling_is_not_negative",
                violation_error_message=_("El techo no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.fiscal_year} {self.amount}"
