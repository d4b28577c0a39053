"""How a plan came to be what it is: its versions, what was observed, who was reminded."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models.plan import AnnualPlan
from sigpret.apps.planning.models.product import Product


class PlanVersion(models.Model):
    """The whole plan as it stood at a step; a version is never edited."""

    class Occasion(models.TextChoices):
        RECORDED = "recorded", _("importado")
        COPIED = "copied", _("copiado del año anterior")
        UPLOADED = "uploaded", _("subido de Excel")
        SUBMITTED = "submitted", _("enviado")
        CHANGED = "changed", _("cambio aprobado")

    plan = models.ForeignKey(
        AnnualPlan, models.CASCADE, related_name="versions", verbose_name=_("plan")
    )
    number = models.PositiveIntegerField(_("número"))
    occasion = models.CharField(_("ocasión"), max_length=10, choices=Occasion.choices)
    reason = models.TextField(_("motivo"), blank=True)
    content = models.JSONField(_("contenido"))
    digest = models.CharField(_("huella"), max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("hecha por"))
    made_at = models.DateTimeField(_("hecha el"))

    class Meta:
        verbose_name = _("versión del plan operativo")
        verbose_name_plural = _("versiones del plan operativo")
        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class PlanObservation(models.Model):
    """What whoever returned a plan asks to mend, in a row or in the whole plan."""

    plan = models.ForeignKey(
        AnnualPlan, models.CASCADE, related_name="observations", verbose_name=_("plan")
    )
    product = models.ForeignKey(
        Product,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("producto"),
    )
    text = models.TextField(_("observación"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("observó"))
    made_at = models.DateTimeField(_("observada el"))
    is_sent = models.BooleanField(_("enviada a la institución"), default=False)
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("atendió")
    )
    resolved_at = models.DateTimeField(_("atendida el"), null=True, blank=True)
    answer = models.TextField(_("respuesta"), blank=True)

    class Meta:
        verbose_name = _("observación al plan")
        verbose_name_plural = _("observaciones al plan")
        ordering: ClassVar[list[str]] = ["plan", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="an_observation_says_what_to_mend",
                violation_error_message=_("Escriba qué debe corregirse."),
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | models.Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="a_mended_observation_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.text[:60]}"


class PlanReminder(models.Model):
    """An institution was reminded of its plan of a year, which may not exist yet."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="plan_reminders", verbose_name=_("institución")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    text = models.TextField(_("texto"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recordó"))
    sent_at = models.DateTimeField(_("enviado el"))

    class Meta:
        verbose_name = _("recordatorio del plan")
        verbose_name_plural = _("recordatorios del plan")
        ordering: ClassVar[list[str]] = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.fiscal_year} {self.sent_at:%Y-%m-%d}"
