"""One object from the convocation to the distributed minutes: nobody types the agenda twice."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.models.accreditation import WorkingGroup
from sigpret.apps.mesas.models.mesa import Level, Mesa
from sigpret.apps.results.models import Goal


class MeetingState(models.TextChoices):
    """Where a meeting stands; `workflow` says what may follow."""

    PREPARED = "prepared", _("en preparación")
    CONVENED = "convened", _("convocada")
    RESCHEDULED = "rescheduled", _("reprogramada")
    IN_SESSION = "in_session", _("en sesión")
    DRAFT = "draft", _("borrador de ayuda memoria")
    CONFORMITY = "conformity", _("en conformidad")
    DISTRIBUTED = "distributed", _("distribuida")
    CANCELLED = "cancelled", _("cancelada")


WITH_MINUTES = ("in_session", "draft", "conformity", "distributed")


class Meeting(models.Model):
    """A session of a mesa. `number` counts its meetings from the first convocation on.

    `minutes_year` and `minutes_number` (No. de Acta de Acuerdos) are taken when the session
    starts, without gaps per mesa and year. Its two deadlines are written by the rules of the day.
    `sequence` is the calendar's: one more with every change people were told of. `text_version`
    is of the minutes people read and accept.
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinaria")
        EXTRAORDINARY = "extraordinary", _("extraordinaria")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("presencial")
        VIRTUAL = "virtual", _("virtual")
        MIXED = "mixed", _("presencial y virtual")

    mesa = models.ForeignKey(Mesa, models.PROTECT, related_name="meetings", verbose_name=_("mesa"))
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("grupo de trabajo"),
    )
    number = models.PositiveIntegerField(_("número"), null=True, blank=True)
    level = models.CharField(_("nivel"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("clase"), max_length=14, choices=Kind.choices, default=Kind.ORDINARY)
    mode = models.CharField(
        _("modalidad"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON
    )
    state = models.CharField(
        _("estado"), max_length=12, choices=MeetingState.choices, default=MeetingState.PREPARED
    )
    starts_at = models.DateTimeField(_("empieza"))
    ends_at = models.DateTimeField(_("termina"))
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    link = models.URLField(_("enlace"), max_length=500, blank=True)
    early_reason = models.TextField(_("motivo de convocar con menos anticipación"), blank=True)
    uid = models.UUIDField(_("identificador de calendario"), unique=True)
    sequence = models.PositiveIntegerField(_("cambios comunicados"), default=0)
    prepared_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("preparada por")
    )
    prepared_at = models.DateTimeField(_("preparada el"))
    convened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("convocada por"),
    )  # fmt: skip
    convened_at = models.DateTimeField(_("convocada el"), null=True, blank=True)
    day_called_at = models.DateTimeField(_("convocada para este día el"), null=True, blank=True)
    first_convened_at = models.DateTimeField(
        _("convocada por primera vez el"), null=True, blank=True
    )
    cancelled_at = models.DateTimeField(_("cancelada el"), null=True, blank=True)
    cancel_reason = models.TextField(_("motivo de la cancelación"), blank=True)
    started_at = models.DateTimeField(_("inició"), null=True, blank=True)
    finished_at = models.DateTimeField(_("terminó"), null=True, blank=True)
    minutes_year = models.PositiveSmallIntegerField(_("año del acta"), null=True, blank=True)
    minutes_number = models.PositiveIntegerField(_("número de acta"), null=True, blank=True)
    quorum_needed = models.PositiveSmallIntegerField(_("quórum requerido"), null=True, blank=True)
    quorum_present = models.PositiveSmallIntegerField(
        _("instituciones presentes"), null=True, blank=True
    )
    follow_up = models.JSONField(
        _("acuerdos pendientes al iniciar"),
        default=list,
        blank=True,
        db_default=models.Value([], models.JSONField()),
    )
    opening_notes = models.TextField(_("apertura"), blank=True)
    closing_notes = models.TextField(_("cierre y seguimiento"), blank=True)
    text_version = models.PositiveIntegerField(_("versión del texto"), default=0)
    minutes_due_on = models.DateField(_("distribuir a más tardar"), null=True, blank=True)
    conformity_due_on = models.DateField(_("responder a más tardar"), null=True, blank=True)
    conformity_asked_at = models.DateTimeField(_("conformidad pedida el"), null=True, blank=True)
    distributed_at = models.DateTimeField(_("distribuida el"), null=True, blank=True)
    distributed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("distribuida por"),
    )  # fmt: skip
    late_reason = models.TextField(_("motivo de distribuirla tarde"), blank=True)
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("documento distribuido"),
    )  # fmt: skip
    document_digest = models.CharField(_("huella de la ayuda memoria"), max_length=64, blank=True)
    is_reserved = models.BooleanField(_("reservada"), default=False)
    legal_ground = models.CharField(_("fundamento legal de la reserva"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("reunión de mesa")
        verbose_name_plural = _("reuniones de mesa")
        ordering: ClassVar[list[str]] = ["mesa", "-starts_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "starts_at"], name="meeting_by_state_and_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mesa", "number"], name="meeting_numbers_differ"),
            models.UniqueConstraint(
                fields=["mesa", "minutes_year", "minutes_number"],
                name="minutes_numbers_differ",
                violation_error_message=_("Otra sesión acaba de tomar ese número de acta."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_meeting_ends_after_it_starts",
                violation_error_message=_("La hora final debe ser posterior a la inicial."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="prepared")
                | models.Q(number__isnull=False, convened_at__isnull=False),
                name="a_convened_meeting_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancel_reason=""),
                name="a_cancelled_meeting_says_why",
                violation_error_message=_("Escriba por qué se cancela la reunión."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=WITH_MINUTES)
                | models.Q(
                    started_at__isnull=False,
                    minutes_year__isnull=False,
                    minutes_number__isnull=False,
                ),
                name="a_held_session_has_its_minutes_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="distributed")
                | models.Q(
                    distributed_at__isnull=False,
                    finished_at__isnull=False,
                    document_digest__regex=r"^[0-9a-f]{64}$",
                ),
                name="distributed_minutes_have_date_and_digest",
            ),
            models.CheckConstraint(
                condition=models.Q(is_reserved=False) | ~models.Q(legal_ground=""),
                name="reserved_minutes_say_their_ground",
                violation_error_message=_("Escriba el fundamento legal de la reserva."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mesa} · {self.number}"


class AgendaItem(models.Model):
    """A topic: proposed, discussed, and the heading of its agreements. `notes` is what was said."""

    class Origin(models.TextChoices):
        GOAL = "goal", _("meta")
        AGREEMENTS = "agreements", _("acuerdos vencidos")
        WORK_PLAN = "work_plan", _("plan de trabajo")
        PLANS = "plans", _("coherencia de los POA")
        OWN = "own", _("propio")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agenda", verbose_name=_("reunión")
    )
    position = models.PositiveSmallIntegerField(_("orden"))
    title = models.CharField(_("tema"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutos"), default=15)
    presenter = models.CharField(_("expone"), max_length=200, blank=True)
    origin = models.CharField(
        _("de dónde sale"), max_length=12, choices=Origin.choices, default=Origin.OWN
    )
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meta")
    )
    reason = models.CharField(_("por qué se propone"), max_length=300, blank=True)
    themes = models.ManyToManyField(
        CrossCuttingTheme, related_name="+", blank=True, verbose_name=_("temas transversales")
    )
    is_unplanned = models.BooleanField(_("agregado en la sesión"), default=False)
    notes = models.TextField(_("lo tratado"), blank=True)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("escrito por"),
    )  # fmt: skip
    written_at = models.DateTimeField(_("escrito el"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("punto de agenda")
        verbose_name_plural = _("puntos de agenda")
        ordering: ClassVar[list[str]] = ["meeting", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_positions_differ",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Attachment(models.Model):
    """A file sent with the convocation, or left in the session.

    The agenda is one of them: written when people are called, and again when it changes.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attachments", verbose_name=_("reunión")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    name = models.CharField(_("nombre del archivo"), max_length=200)
    is_agenda = models.BooleanField(_("es la agenda"), default=False, db_default=False)
    added_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("agregado por")
    )
    added_at = models.DateTimeField(_("agregado el"))

    class Meta:
        verbose_name = _("adjunto de una reunión")
        verbose_name_plural = _("adjuntos de las reuniones")
        ordering: ClassVar[list[str]] = ["meeting", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "file"],
                name="a_file_is_attached_once",
                violation_error_message=_("Ese archivo ya está adjunto."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(is_agenda=True),
                name="a_meeting_has_one_agenda",
            ),
        ]

    def __str__(self) -> str:
        return self.name
