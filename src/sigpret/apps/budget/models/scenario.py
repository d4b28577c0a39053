"""What would be produced with another ceiling or another output."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.planning.models import AnnualPlan, Product


class Scenario(models.Model):
    """A variant of a plan: base, restricted or expanded. It changes nothing of the plan.

    `ceiling` in lempiras; null: the institution's own.
    """

    class Kind(models.TextChoices):
        BASE = "base", _("base")
        RESTRICTED = "restricted", _("restringido")
        EXPANDED = "expanded", _("ampliado")

    plan = models.ForeignKey(
        AnnualPlan, models.CASCADE, related_name="scenarios", verbose_name=_("plan")
    )
    kind = models.CharField(_("clase"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("nombre"), max_length=200)
    note = models.TextField(_("nota"), blank=True)
    ceiling = models.DecimalField(
        _("techo"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("hizo"))
    made_at = models.DateTimeField(_("hecho el"))
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("escenario de producción")
        verbose_name_plural = _("escenarios de producción")
        ordering: ClassVar[list[str]] = ["plan", "kind", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="a_scenario_name_once_per_plan",
                violation_error_message=_("El plan ya tiene un escenario con ese nombre."),
            ),
            models.CheckConstraint(
                condition=models.Q(ceiling__isnull=True) | models.Q(ceiling__gte=0),
                name="a_scenario_ceiling_is_not_negative",
                violation_error_message=_("El techo no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioProduct(models.Model):
    """The year's output of a product in a scenario. No row: the plan's own output."""

    scenario = models.ForeignKey(
        Scenario, models.CASCADE, related_name="products", verbose_name=_("escenario")
    )
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="scenarios", verbose_name=_("producto")
    )
    annual_output = models.DecimalField(_("producción anual"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("producto del escenario")
        verbose_name_plural = _("productos del escenario")
        ordering: ClassVar[list[str]] = ["scenario", "product"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["scenario", "product"], name="a_product_once_per_scenario"
            ),
            models.CheckConstraint(
                condition=models.Q(annual_output__gte=0),
                name="a_scenario_output_is_not_negative",
                violation_error_message=_("La producción no puede ser negativa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} {self.product_id} {self.annual_output}"
