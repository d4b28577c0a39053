"""An institution's plan for a year, as the official report prints it, and where it stands."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution


class PlanState(models.TextChoices):
    """Where an annual plan stands; the transitions are in `workflow`."""

    DRAFT = "draft", _("borrador")
    SUBMITTED = "submitted", _("enviado")
    RETURNED = "returned", _("devuelto")
    APPROVED = "approved", _("aprobado por la máxima autoridad")
    ACCEPTED = "accepted", _("aceptado por DIGER")
    LOCKED = "locked", _("bloqueado")


def signed(verb: str, label: Any) -> models.CheckConstraint:
    """Who did a step and when are said together or not at all."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{verb}_by__isnull": True, f"{verb}_at__isnull": True})
        | models.Q(**{f"{verb}_by__isnull": False, f"{verb}_at__isnull": False}),
        name=f"a_plan_{verb}_says_who_and_when",
        violation_error_message=label,
    )


class AnnualPlan(models.Model):
    """The plan of a year. Who changed what, when and why is in the audit chain and its versions.

    `version` counts every write: it is what two people who edit are compared by. What people
    call a version is a `PlanVersion`.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plans")
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    mission = models.TextField(_("misión"), blank=True)
    vision = models.TextField(_("visión"), blank=True)
    source_report = models.CharField(_("reporte de origen"), max_length=40, blank=True)
    source_sha256 = models.CharField(_("huella del archivo de origen"), max_length=64, blank=True)
    state = models.CharField(
        _("estado"),
        max_length=10,
        choices=PlanState.choices,
        default=PlanState.DRAFT,
        db_default=PlanState.DRAFT,
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("envió")
    )
    submitted_at = models.DateTimeField(_("enviado el"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aprobó")
    )
    approved_at = models.DateTimeField(_("aprobado el"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aceptó")
    )
    accepted_at = models.DateTimeField(_("aceptado el"), null=True, blank=True)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("devolvió")
    )
    returned_at = models.DateTimeField(_("devuelto el"), null=True, blank=True)
    return_reason = models.TextField(_("motivo de la devolución"), blank=True, db_default="")
    ceiling_reason = models.TextField(_("por qué pasa del techo"), blank=True, db_default="")
    locked_at = models.DateTimeField(_("bloqueado el"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("plan operativo anual")
        verbose_name_plural = _("planes operativos anuales")
        ordering: ClassVar[list[str]] = ["institution__code", "fiscal_year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "fiscal_year"],
                name="one_annual_plan_per_institution_and_year",
                violation_error_message=_("La institución ya tiene plan para ese ejercicio."),
            ),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__gte=2000, fiscal_year__lte=2100),
                name="annual_plan_year_is_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PlanState.values), name="annual_plan_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("submitted_by")),
                name="nobody_approves_the_plan_they_submitted",
                violation_error_message=_("Quien envió el plan no puede aprobarlo."),
            ),
            signed("submitted", _("Diga quién envió el plan y cuándo.")),
            signed("approved", _("Diga quién aprobó el plan y cuándo.")),
            signed("accepted", _("Diga quién aceptó el plan y cuándo.")),
            signed("returned", _("Diga quién devolvió el plan y cuándo.")),
            models.CheckConstraint(
                condition=~models.Q(state=PlanState.LOCKED) | models.Q(locked_at__isnull=False),
                name="a_locked_plan_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"POA {self.fiscal_year} · {self.institution}"

    @property
    def is_writable(self) -> bool:
        """Is the institution still writing it?"""
        return self.state in {PlanState.DRAFT, PlanState.RETURNED}
