"""Who was called to a meeting, what they answered, whether they came; each thing sent to them."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models.accreditation import Accreditation
from sigpret.apps.mesas.models.meeting import Meeting


class Participant(models.Model):
    """A person of one meeting, as they were on that day: names and posts change, minutes do not.

    `token` opens, without an account, the answer to the invitation; `conformity_key`, the minutes
    and what is said of them, by whoever came: who forwards an invitation does not hold it.
    """

    class Standing(models.TextChoices):
        ACCREDITED = "accredited", _("acreditada")
        COORDINATOR = "coordinator", _("coordinación")
        ANALYST = "analyst", _("acompaña por DIGER")
        SUPPORT = "support", _("equipo de apoyo")
        THEME_LEAD = "theme_lead", _("rectora de un tema transversal")
        GUEST = "guest", _("invitada")

    class Answer(models.TextChoices):
        NONE = "none", _("sin responder")
        WILL_COME = "will_come", _("asistirá")
        WILL_NOT = "will_not", _("se excusó")
        SENDS_OTHER = "sends_other", _("envía a otra persona")

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown", _("sin registrar")
        PRESENT = "present", _("presente")
        SUBSTITUTED = "substituted", _("la sustituye otra persona")
        ABSENT = "absent", _("ausente")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participants", verbose_name=_("reunión")
    )
    accreditation = models.ForeignKey(
        Accreditation, models.PROTECT, null=True, blank=True, related_name="participations",
        verbose_name=_("acreditación"),
    )  # fmt: skip
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("persona usuaria"),
    )  # fmt: skip
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("institución"),
    )  # fmt: skip
    institution_name = models.CharField(_("institución ese día"), max_length=200, blank=True)
    standing = models.CharField(_("calidad"), max_length=12, choices=Standing.choices)
    full_name = models.CharField(_("nombre"), max_length=200)
    position = models.CharField(_("cargo"), max_length=200, blank=True)
    email = models.EmailField(_("correo"), blank=True)
    token = models.CharField(_("llave"), max_length=64, unique=True)
    conformity_key = models.UUIDField(
        _("llave de la conformidad"), unique=True, editable=False, db_default=RandomUUID()
    )
    answer = models.CharField(
        _("respuesta"), max_length=12, choices=Answer.choices, default=Answer.NONE
    )
    answered_at = models.DateTimeField(_("respondió el"), null=True, blank=True)
    answer_note = models.CharField(_("motivo"), max_length=300, blank=True)
    attendance = models.CharField(
        _("asistencia"), max_length=12, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    substitute_name = models.CharField(_("quién la sustituye"), max_length=200, blank=True)
    substitute_position = models.CharField(
        _("cargo de quien la sustituye"), max_length=200, blank=True
    )
    substitute_email = models.EmailField(
        _("correo de quien la sustituye"), blank=True, db_default=""
    )
    removed_at = models.DateTimeField(_("retirada de la convocatoria el"), null=True, blank=True)

    class Meta:
        verbose_name = _("participante")
        verbose_name_plural = _("participantes")
        ordering: ClassVar[list[str]] = ["meeting", "institution_name", "full_name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "meeting",
                models.functions.Lower("email"),
                condition=~models.Q(email=""),
                name="a_person_is_called_once",
                violation_error_message=_("Esa persona ya está convocada."),
            ),
            models.CheckConstraint(
                condition=~models.Q(attendance="substituted") | ~models.Q(substitute_name=""),
                name="a_substituted_person_names_who_came",
                violation_error_message=_("Escriba quién asistió en su lugar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} · {self.full_name}"

    @property
    def signer(self) -> str:
        """Whoever came, in whose name the conformity is."""
        was_sent = self.attendance == self.Attendance.SUBSTITUTED
        return self.substitute_name if was_sent else self.full_name

    @property
    def signer_post(self) -> str:
        was_sent = self.attendance == self.Attendance.SUBSTITUTED
        return self.substitute_position if was_sent else self.position


class Sending(models.Model):
    """One mail to one participant: queued with what it tells, sent once, its moment kept.

    The proof of what was sent: its kind, the calendar's sequence, the digest of its content.
    `due_at`, `claimed_at` and `waiting_since` are moments of the database's clock, which the
    queue goes by; one that is not needed any more before it left is withdrawn.
    """

    class Kind(models.TextChoices):
        CONVOCATION = "convocation", _("convocatoria")
        CHANGE = "change", _("cambio de la convocatoria")
        CANCELLATION = "cancellation", _("cancelación")
        ANSWER_REMINDER = "answer_reminder", _("recordatorio de respuesta")
        EVE_REMINDER = "eve_reminder", _("recordatorio de la víspera")
        CONFORMITY = "conformity", _("petición de conformidad")
        CONFORMITY_REMINDER = "conformity_reminder", _("recordatorio de conformidad")
        MINUTES = "minutes", _("ayuda memoria")

    class State(models.TextChoices):
        QUEUED = "queued", _("en espera")
        SENDING = "sending", _("enviándose")
        SENT = "sent", _("enviado")
        FAILED = "failed", _("fallido")
        DOUBTFUL = "doubtful", _("sin constancia")
        WITHDRAWN = "withdrawn", _("ya no hizo falta")

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="sendings", verbose_name=_("participante")
    )
    kind = models.CharField(_("clase"), max_length=20, choices=Kind.choices)
    sequence = models.PositiveIntegerField(_("número de cambio"), default=0)
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    subject = models.CharField(_("asunto"), max_length=300)
    body = models.TextField(_("texto"))
    calendar = models.TextField(_("invitación de calendario"), blank=True)
    digest = models.CharField(_("huella de lo enviado"), max_length=64)
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=0)
    queued_at = models.DateTimeField(_("puesto en espera el"))
    waiting_since = models.DateTimeField(_("en espera desde"), db_default=Now())
    due_at = models.DateTimeField(_("se intenta desde"), db_default=Now())
    claimed_at = models.DateTimeField(_("se empezó a enviar"), null=True, blank=True)
    sent_at = models.DateTimeField(_("enviado el"), null=True, blank=True)
    last_error = models.CharField(_("último error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("envío de la mesa")
        verbose_name_plural = _("envíos de la mesa")
        ordering: ClassVar[list[str]] = ["-queued_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state="queued"),
                name="sendings_waiting",
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["participant", "kind", "sequence"], name="nobody_gets_the_same_mail_twice"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="a_sent_mail_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.kind} · {self.state}"
