"""A change of what a locked plan programmes: asked, approved, decided, and then public."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.planning.models.plan import AnnualPlan
from sigpret.apps.planning.models.product import Product


class PlanChangeState(models.TextChoices):
    PREPARING = "preparing", _("en preparación")
    SUBMITTED = "submitted", _("enviada a la máxima autoridad")
    APPROVED = "approved", _("aprobada por la máxima autoridad; decide DIGER")
    RETURNED = "returned", _("devuelta")
    ACCEPTED = "accepted", _("aceptada")
    REFUSED = "refused", _("rechazada")
    WITHDRAWN = "withdrawn", _("retirada")


#: Somebody still has to do something about it.
OPEN_CHANGES = frozenset(
    {
        PlanChangeState.PREPARING,
        PlanChangeState.SUBMITTED,
        PlanChangeState.APPROVED,
        PlanChangeState.RETURNED,
    }
)


class PlanChange(models.Model):
    """A request to change the programming of a locked plan.

    `effect` is what it would do to statuses, worked out when it was sent: a list of
    `{"product", "period", "before", "after"}`.
    """

    plan = models.ForeignKey(
        AnnualPlan, models.PROTECT, related_name="changes", verbose_name=_("plan")
    )
    number = models.PositiveIntegerField(_("número"))
    state = models.CharField(
        _("estado"),
        max_length=10,
        choices=PlanChangeState.choices,
        default=PlanChangeState.PREPARING,
    )
    reason = models.TextField(_("motivo"), blank=True)
    effect = models.JSONField(_("efecto en los estados"), default=list, blank=True)
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("pidió")
    )
    requested_at = models.DateTimeField(_("pedida el"))
    submitted_at = models.DateTimeField(_("enviada el"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aprobó")
    )
    approved_at = models.DateTimeField(_("aprobada el"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decidió")
    )
    decided_at = models.DateTimeField(_("decidida el"), null=True, blank=True)
    observation = models.TextField(_("observación"), blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("solicitud de cambio a la programación")
        verbose_name_plural = _("solicitudes de cambio a la programación")
        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_change_number_is_unique"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state__in=sorted(OPEN_CHANGES)),
                name="one_open_change_per_plan",
                violation_error_message=_(
                    "El plan ya tiene una solicitud de cambio sin decidir: complete esa."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PlanChangeState.values),
                name="plan_change_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["preparing", "withdrawn"]) | ~models.Q(reason=""),
                name="a_sent_plan_change_says_why",
                violation_error_message=_("Escriba el motivo del cambio."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("requested_by")),
                name="nobody_approves_the_change_they_asked",
                violation_error_message=_("Quien pidió el cambio no puede aprobarlo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} n.º {self.number}"


class PlanChangeLine(models.Model):
    """One datum of one product: what is in force and what is proposed.

    `field` is `annual_output` or the code of a quarter (`2026-Q3`); null amounts are "not
    programmed", which is not zero.
    """

    change = models.ForeignKey(
        PlanChange, models.CASCADE, related_name="lines", verbose_name=_("solicitud")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="change_lines", verbose_name=_("producto")
    )
    field = models.CharField(_("dato"), max_length=20)
    old = models.DecimalField(_("vigente"), max_digits=20, decimal_places=4, null=True, blank=True)
    new = models.DecimalField(
        _("propuesto"), max_digits=20, decimal_places=4, null=True, blank=True
    )

    class Meta:
        verbose_name = _("dato que se pide cambiar")
        verbose_name_plural = _("datos que se pide cambiar")
        ordering: ClassVar[list[str]] = ["change", "product", "field"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["change", "product", "field"], name="a_datum_once_per_plan_change"
            ),
            models.CheckConstraint(
                condition=models.Q(field="annual_output")
                | models.Q(field__regex=r"^\d{4}-Q[1-4]$"),
                name="a_plan_change_is_of_the_year_or_a_quarter",
            ),
            models.CheckConstraint(
                condition=models.Q(new__isnull=True) | models.Q(new__gte=0),
                name="a_proposed_amount_is_not_negative",
                violation_error_message=_("Lo programado no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.field}: {self.old} → {self.new}"


class PlanChangeFile(models.Model):
    """A paper that supports a change. Citizens open it only once accepted, and if `is_public`."""

    change = models.ForeignKey(
        PlanChange, models.CASCADE, related_name="files", verbose_name=_("solicitud")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    name = models.CharField(_("nombre del archivo"), max_length=200)
    is_public = models.BooleanField(_("se publica si el cambio se acepta"), default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("adjuntó"))
    added_at = models.DateTimeField(_("adjuntado el"))

    class Meta:
        verbose_name = _("documento de una solicitud de cambio")
        verbose_name_plural = _("documentos de las solicitudes de cambio")
        ordering: ClassVar[list[str]] = ["change", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["change", "file"],
                name="a_file_once_per_plan_change",
                violation_error_message=_("Ese documento ya está en la solicitud."),
            )
        ]

    def __str__(self) -> str:
        return self.name
