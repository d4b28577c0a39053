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
