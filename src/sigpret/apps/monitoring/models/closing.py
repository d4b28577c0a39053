"""How a quarter ends, and what may still happen after: extensions, reopening, changes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models.report import ReportedValue
from sigpret.apps.monitoring.models.round import ReportingRound


class Extension(models.Model):
    """More time for one institution, asked for once and granted with a reason and an expiry."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("pedida")
        GRANTED = "granted", _("concedida")
        REFUSED = "refused", _("denegada")

    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="extensions", verbose_name=_("ronda")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="extensions", verbose_name=_("institución")
    )
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.REQUESTED
    )
    reason = models.TextField(_("motivo"))
    until = models.DateTimeField(_("vence"), null=True, blank=True)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pedida por")
    )
    requested_at = models.DateTimeField(_("pedida el"))
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decidida por"),
    )
    decided_at = models.DateTimeField(_("decidida el"), null=True, blank=True)
    decision_note = models.TextField(_("nota de la decisión"), blank=True)

    class Meta:
        verbose_name = _("prórroga")
        verbose_name_plural = _("prórrogas")
        ordering: ClassVar[list[str]] = ["round", "institution"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "institution"],
                name="one_extension_per_institution_and_round",
                violation_error_message=_("La institución ya pidió prórroga en este trimestre."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted")
                | models.Q(until__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="a_granted_extension_says_until_when_and_by_whom",
                violation_error_message=_("Diga hasta cuándo vale la prórroga."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="an_extension_has_a_reason",
                violation_error_message=_("Escriba el motivo de la prórroga."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(requested_by__isnull=True)
                | ~models.Q(decided_by=models.F("requested_by")),
                name="nobody_decides_their_own_extension",
                violation_error_message=_("Otra persona debe decidir lo que usted pidió."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.institution_id} {self.state}"


class Reminder(models.Model):
    """Somebody, or the calendar itself, asked an institution for its report: once a day."""

    round = models.ForeignKey(
        ReportingRound, models.CASCADE, related_name="reminders", verbose_name=_("ronda")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="reminders", verbose_name=_("institución")
    )
    day = models.DateField(_("día"))
    sent_at = models.DateTimeField(_("enviado el"))
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("por")
    )

    class Meta:
        verbose_name = _("recordatorio")
        verbose_name_plural = _("recordatorios")
        ordering: ClassVar[list[str]] = ["round", "institution", "day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "institution", "day"],
                name="one_reminder_per_institution_and_day",
                violation_error_message=_("Hoy ya se le recordó a esa institución."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.institution_id} {self.day}"


class Closing(models.Model):
    """One closing of a round: edition 1, and one more each time the round was opened again."""

    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="closings", verbose_name=_("ronda")
    )
    edition = models.PositiveSmallIntegerField(_("edición"), default=1)
    closed_at = models.DateTimeField(_("cerrado el"))
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("cerrado por")
    )
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmado por"),
    )
    digest = models.CharField(_("huella"), max_length=64)
    chain_head = models.CharField(_("cabeza de la bitácora"), max_length=64, blank=True)
    note = models.TextField(_("nota"), blank=True)
    published_at = models.DateTimeField(_("publicado el"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("reabierto el"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reabierto por"),
    )
    reopening_reason = models.TextField(_("motivo de la reapertura"), blank=True)

    class Meta:
        verbose_name = _("cierre")
        verbose_name_plural = _("cierres")
        ordering: ClassVar[list[str]] = ["round", "edition"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "edition"], name="closings_of_a_round_are_numbered"
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at__isnull=True)
                | (models.Q(reopened_by__isnull=False) & ~models.Q(reopening_reason="")),
                name="a_reopening_says_who_and_why",
                violation_error_message=_("Escriba el motivo de la reapertura."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(closed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("closed_by")),
                name="two_different_people_close",
                violation_error_message=_("El cierre lo confirman dos personas distintas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} ({self.edition})"


class ClosingConfirmation(models.Model):
    """The first of the two people who close said yes to what they saw; a change undoes it."""

    round = models.ForeignKey(
        ReportingRound,
        models.CASCADE,
        related_name="closing_confirmations",
        verbose_name=_("ronda"),
    )
    edition = models.PositiveSmallIntegerField(_("edición"))
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("confirmado por")
    )
    confirmed_at = models.DateTimeField(_("confirmado el"))
    seen_digest = models.CharField(_("huella de lo que vio"), max_length=64)

    class Meta:
        verbose_name = _("confirmación del cierre")
        verbose_name_plural = _("confirmaciones del cierre")
        ordering: ClassVar[list[str]] = ["round", "confirmed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "edition", "confirmed_by"],
                name="a_person_confirms_a_closing_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.confirmed_by_id}"


class ChangeRequest(models.Model):
    """An executed value that should be another after its quarter closed: asked, then decided.

    The details are the variables and parts by id, as text; `new_value` null is a computed one
    that would be reported without a denominator.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("pedido")
        APPROVED = "approved", _("aprobado")
        REFUSED = "refused", _("denegado")
        WITHDRAWN = "withdrawn", _("retirado")

    value = models.ForeignKey(
        ReportedValue, models.PROTECT, related_name="change_requests", verbose_name=_("dato")
    )
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.REQUESTED
    )
    old_value = models.DecimalField(
        _("valor anterior"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    new_value = models.DecimalField(
        _("valor pedido"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    old_details = models.JSONField(
        _("variables y partes anteriores"), default=dict, blank=True, db_default={}
    )
    new_details = models.JSONField(
        _("variables y partes pedidas"), default=dict, blank=True, db_default={}
    )
    reason = models.TextField(_("motivo"))
    evidence = models.ForeignKey(
        Evidence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="change_requests",
        verbose_name=_("evidencia"),
    )
    effect = models.JSONField(_("efecto en los estados"), default=dict)
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("pedido por")
    )
    requested_at = models.DateTimeField(_("pedido el"))
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decidido por"),
    )
    decided_at = models.DateTimeField(_("decidido el"), null=True, blank=True)
    decision_note = models.TextField(_("nota de la decisión"), blank=True)

    class Meta:
        verbose_name = _("solicitud de cambio")
        verbose_name_plural = _("solicitudes de cambio")
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value"],
                condition=models.Q(state="requested"),
                name="one_open_change_request_per_value",
                violation_error_message=_("Este dato ya tiene una solicitud sin decidir."),
            ),
            models.CheckConstraint(
                condition=models.Q(new_value__isnull=False) | ~models.Q(new_details={}),
                name="a_change_request_says_what_it_asks",
                violation_error_message=_("Escriba el valor correcto."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="a_change_request_has_a_reason",
                violation_error_message=_("Escriba por qué debe cambiar el dato."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["requested", "withdrawn"])
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_change_request_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("requested_by")),
                name="nobody_decides_their_own_change_request",
                violation_error_message=_("Otra persona debe decidir lo que usted pidió."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id} {self.old_value} → {self.new_value}"
