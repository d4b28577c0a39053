"""What serves what: the weighted links of the matrix."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.results.models.goal import Goal


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
    rationale = models.TextField(_("razón del vínculo"), blank=True, db_default="")
    version = models.PositiveIntegerField(_("versión"), default=1, db_default=1)

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
