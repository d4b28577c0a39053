"""What stands behind a value: its variables, its parts, its evidence, what was said of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.monitoring.models.report import ReportedValue
from sigpret.apps.reference.models import DisaggregationCategory
from sigpret.apps.results.models import IndicatorVariable


class VariableAmount(models.Model):
    """The amount of one variable of a computed indicator; the value is computed from them."""

    value = models.ForeignKey(
        ReportedValue, models.CASCADE, related_name="variables", verbose_name=_("dato")
    )
    variable = models.ForeignKey(
        IndicatorVariable, models.PROTECT, related_name="amounts", verbose_name=_("variable")
    )
    amount = models.DecimalField(_("cantidad"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("cantidad de una variable")
        verbose_name_plural = _("cantidades de las variables")
        ordering: ClassVar[list[str]] = ["value", "variable"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value", "variable"], name="one_amount_per_value_and_variable"
            )
        ]

    def __str__(self) -> str:
        return f"{self.variable_id} {self.amount}"


class DisaggregatedAmount(models.Model):
    """A part of a value: how much of it is of one category."""

    value = models.ForeignKey(
        ReportedValue, models.CASCADE, related_name="parts", verbose_name=_("dato")
    )
    category = models.ForeignKey(
        DisaggregationCategory, models.PROTECT, related_name="+", verbose_name=_("categoría")
    )
    amount = models.DecimalField(_("cantidad"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("parte de un dato")
        verbose_name_plural = _("partes de un dato")
        ordering: ClassVar[list[str]] = ["value", "category"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value", "category"], name="one_amount_per_value_and_category"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.amount}"


class EvidenceUse(models.Model):
    """An evidence shown for a value. The same file may prove several."""

    value = models.ForeignKey(
        ReportedValue, models.CASCADE, related_name="evidence_uses", verbose_name=_("dato")
    )
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="uses", verbose_name=_("evidencia")
    )
    attached_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("adjuntada por")
    )
    attached_at = models.DateTimeField(_("adjuntada el"))

    class Meta:
        verbose_name = _("uso de una evidencia")
        verbose_name_plural = _("usos de una evidencia")
        ordering: ClassVar[list[str]] = ["attached_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value", "evidence"],
                name="an_evidence_is_attached_once",
                violation_error_message=_("Ese archivo ya está adjunto a este dato."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value_id} {self.evidence_id}"


class Comment(models.Model):
    """Something said about a value, in the order it was said; nothing is edited."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("comentario")
        OBSERVATION = "observation", _("observación al devolver")
        ANSWER = "answer", _("respuesta")

    value = models.ForeignKey(
        ReportedValue, models.CASCADE, related_name="comments", verbose_name=_("dato")
    )
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices, default=Kind.REMARK)
    text = models.TextField(_("texto"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("quién"))
    written_at = models.DateTimeField(_("cuándo"))
    is_from_review = models.BooleanField(_("de quien revisa"), default=False)
    mentions = models.ManyToManyField(
        User, related_name="+", blank=True, verbose_name=_("personas mencionadas")
    )

    class Meta:
        verbose_name = _("comentario")
        verbose_name_plural = _("comentarios")
        ordering: ClassVar[list[str]] = ["value", "written_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="a_comment_says_something",
                violation_error_message=_("Escriba el comentario."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value_id} {self.author_id}"


class ReviewOpening(models.Model):
    """Somebody of the review looked at a value: what a batch needs of its random sample."""

    value = models.ForeignKey(
        ReportedValue, models.CASCADE, related_name="openings", verbose_name=_("dato")
    )
    version = models.PositiveIntegerField(_("versión que se vio"))
    reviewer = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("quién revisa")
    )
    opened_at = models.DateTimeField(_("abierto el"))

    class Meta:
        verbose_name = _("apertura de un dato en revisión")
        verbose_name_plural = _("aperturas de datos en revisión")
        ordering: ClassVar[list[str]] = ["value", "opened_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value", "version", "reviewer"], name="an_opening_is_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value_id} {self.reviewer_id}"
