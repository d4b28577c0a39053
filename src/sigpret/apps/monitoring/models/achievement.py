"""Where each goal stands now: recomputed by `methodology` when a validated value changes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.results.models import Goal, Indicator

# All the digits a division leaves: a parent evaluated again from what is stored of its children
# gives the very same figure, on the same side of every threshold.
DIGITS, PLACES = 60, 30


class IndicatorAchievement(models.Model):
    """The four figures of an indicator at a quarter. Percentages are 0-100, raw."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="achievements")
    period = models.CharField(_("periodo"), max_length=8)
    period_value = models.DecimalField(
        _("del periodo"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    to_date = models.DecimalField(
        _("a la fecha"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    annual = models.DecimalField(_("del año"), max_digits=DIGITS, decimal_places=PLACES, null=True)
    multi_year = models.DecimalField(
        _("plurianual"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    planned = models.DecimalField(
        _("programado a la fecha"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    executed = models.DecimalField(
        _("ejecutado a la fecha"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    status = models.CharField(_("estado"), max_length=15)
    explanation = models.JSONField(_("explicación"))
    policy_version = models.CharField(_("versión de la metodología"), max_length=40)

    class Meta:
        verbose_name = _("cumplimiento del indicador")
        verbose_name_plural = _("cumplimientos del indicador")
        ordering: ClassVar[list[str]] = ["indicator", "period"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="one_achievement_per_indicator_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.to_date}"


class GoalAchievement(models.Model):
    """A goal's own measured achievement beside what its children contribute."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="achievements")
    period = models.CharField(_("periodo"), max_length=8)
    own = models.DecimalField(_("propio"), max_digits=DIGITS, decimal_places=PLACES, null=True)
    own_status = models.CharField(_("estado propio"), max_length=15)
    contributed = models.DecimalField(
        _("contribuido"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    contributed_status = models.CharField(_("estado contribuido"), max_length=15)
    is_inconsistent = models.BooleanField(_("cadena inconsistente"), default=False)
    explanation = models.JSONField(_("explicación"))
    policy_version = models.CharField(_("versión de la metodología"), max_length=40)

    class Meta:
        verbose_name = _("cumplimiento de la meta")
        verbose_name_plural = _("cumplimientos de la meta")
        ordering: ClassVar[list[str]] = ["goal", "period"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["period", "goal"], name="goal_achievement_by_period")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["goal", "period"], name="one_achievement_per_goal_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.period} {self.own}"
