"""Catalogues with the code and name they are printed with, and where each row comes from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueEntry(models.Model):
    """What every catalogue row has: code, name, source."""

    code = models.CharField(_("código"), max_length=20)
    name = models.CharField(_("nombre"), max_length=300)
    source = models.CharField(_("fuente"), max_length=300)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return f"{self.code} - {self.name}"


class UnitOfMeasure(CatalogueEntry):
    class Meta(CatalogueEntry.Meta):
        verbose_name = _("unidad de medida")
        verbose_name_plural = _("unidades de medida")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="unit_of_measure_code_is_unique")
        ]


class Periodicity(CatalogueEntry):
    per_year = models.PositiveSmallIntegerField(_("periodos por año"))

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("periodicidad")
        verbose_name_plural = _("periodicidades")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="periodicity_code_is_unique"),
            models.CheckConstraint(
                condition=models.Q(per_year__in=[1, 2, 3, 4, 6, 12]),
                name="periodicity_divides_the_year",
                violation_error_message=_("La periodicidad debe dividir el año en partes iguales."),
            ),
        ]


class TargetPopulation(CatalogueEntry):
    class Meta(CatalogueEntry.Meta):
        verbose_name = _("población objetivo")
        verbose_name_plural = _("poblaciones objetivo")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="target_population_code_is_unique")
        ]


class ExpenseObject(CatalogueEntry):
    """What money is spent on: the budget classifier's objeto del gasto, as a tree."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("objeto del gasto superior"),
    )

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("objeto del gasto")
        verbose_name_plural = _("objetos del gasto")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="expense_object_code_is_unique")
        ]


class FundingSource(CatalogueEntry):
    class Meta(CatalogueEntry.Meta):
        verbose_name = _("fuente de financiamiento")
        verbose_name_plural = _("fuentes de financiamiento")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="funding_source_code_is_unique")
        ]


class FinancingBody(CatalogueEntry):
    """Who gives the money of a source: the treasury, a bank, a donor."""

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("organismo financiador")
        verbose_name_plural = _("organismos financiadores")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="financing_body_code_is_unique")
        ]


class DevelopmentFramework(CatalogueEntry):
    """Where a commitment of the State is written: the ODS agenda, ENTAH, Visión de País."""

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("marco de desarrollo")
        verbose_name_plural = _("marcos de desarrollo")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="development_framework_code_is_unique")
        ]


class FrameworkObjective(models.Model):
    """One line of a framework: an ODS target, an ENTAH line, an objective of Visión de País."""

    framework = models.ForeignKey(
        DevelopmentFramework, models.PROTECT, related_name="objectives", verbose_name=_("marco")
    )
    code = models.CharField(_("código"), max_length=20)
    name = models.CharField(_("nombre"), max_length=500)
    source = models.CharField(_("fuente"), max_length=300)

    class Meta:
        verbose_name = _("objetivo del marco")
        verbose_name_plural = _("objetivos del marco")
        ordering: ClassVar[list[str]] = ["framework", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["framework", "code"], name="framework_objective_code_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Disaggregation(CatalogueEntry):
    """A way of splitting a number: by sex, territory, age or ethnicity."""

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("desagregación")
        verbose_name_plural = _("desagregaciones")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="disaggregation_code_is_unique")
        ]


class DisaggregationCategory(models.Model):
    """One part of a disaggregation: mujeres, Atlántida, 15 a 29 años, garífuna."""

    disaggregation = models.ForeignKey(
        Disaggregation, models.PROTECT, related_name="categories", verbose_name=_("desagregación")
    )
    code = models.CharField(_("código"), max_length=20)
    name = models.CharField(_("nombre"), max_length=200)
    position = models.PositiveSmallIntegerField(_("orden"))
    source = models.CharField(_("fuente"), max_length=300)

    class Meta:
        verbose_name = _("categoría de desagregación")
        verbose_name_plural = _("categorías de desagregación")
        ordering: ClassVar[list[str]] = ["disaggregation", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["disaggregation", "code"], name="disaggregation_category_code_is_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day nobody works: deadlines counted in working days step over it."""

    date = models.DateField(_("fecha"))
    name = models.CharField(_("nombre"), max_length=200)
    source = models.CharField(_("fuente"), max_length=300)

    class Meta:
        verbose_name = _("día feriado")
        verbose_name_plural = _("días feriados")
        ordering: ClassVar[list[str]] = ["date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["date"],
                name="one_holiday_per_date",
                violation_error_message=_("Ese día ya está en el calendario de feriados."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
