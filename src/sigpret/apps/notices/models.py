"""What people are told: notices, how they travel, and what each person wants of them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.kinds import Channel, Mode

CHANNELS = [(Channel.APP, _("en SIGPRET")), (Channel.EMAIL, _("por correo"))]
MODES = [
    (Mode.AT_ONCE, _("en el momento")),
    (Mode.DIGEST, _("en el resumen del lunes")),
    (Mode.OFF, _("no avisar")),
]


class Notice(models.Model):
    """Something one person was told, in the words used that day.

    `detail` is read in the product only and never travels by e-mail; `subject_key` groups what
    speaks of the same thing; `items` are the lines of a summary, `{"title", "url", "when"}`.
    A kind the person does not want arrives already read.
    """

    recipient = models.ForeignKey(
        User, models.CASCADE, related_name="notices", verbose_name=_("persona")
    )
    kind = models.CharField(_("tipo"), max_length=60)
    title = models.CharField(_("título"), max_length=200)
    body = models.TextField(_("texto"), blank=True)
    detail = models.TextField(_("detalle"), blank=True)
    subject = models.CharField(_("asunto"), max_length=200, blank=True)
    subject_key = models.CharField(_("clave del asunto"), max_length=120)
    url = models.CharField(_("dirección"), max_length=300)
    dedupe_key = models.CharField(_("clave del aviso"), max_length=200)
    due_at = models.DateTimeField(_("vence"), null=True, blank=True)
    items = models.JSONField(_("líneas"), default=list, blank=True)
    created_at = models.DateTimeField(_("momento"))
    read_at = models.DateTimeField(_("leído"), null=True, blank=True)

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recipient", "-created_at"], name="notices_of_a_person"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at=None), name="notices_unread"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["recipient", "dedupe_key"],
                name="nobody_is_told_twice",
                violation_error_message=_("Esa persona ya recibió este aviso."),
            ),
            models.CheckConstraint(
                # A browser reads a second slash, of either kind, as another host.
                condition=models.Q(url__startswith="/")
                & ~models.Q(url__startswith="//")
                & ~models.Q(url__startswith="/\\"),
                name="a_notice_leads_inside",
                violation_error_message=_("Un aviso lleva a una página de SIGPRET."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A notice on its way by a channel other than the page of notices: the queue of mail.

    Written with the notice, in the transaction of whoever notifies. `queued_at`, `due_at` (it may
    be tried from then on) and `claimed_at` (a worker began to hand it over) are moments of the
    database's clock, so that the queue moves also where the clock of the product is invented.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("En espera")
        SENDING = "sending", _("Enviándose")
        SENT = "sent", _("Enviado")
        FAILED = "failed", _("No se pudo enviar")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("canal"), max_length=20, choices=CHANNELS)
    state = models.CharField(
        _("estado"), max_length=20, choices=State.choices, default=State.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=0)
    due_at = models.DateTimeField(_("se intenta desde"), db_default=Now())
    claimed_at = models.DateTimeField(_("se empezó a enviar"), null=True, blank=True)
    sent_at = models.DateTimeField(_("enviado"), null=True, blank=True)
    last_error = models.CharField(_("último problema"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("en espera desde"), db_default=Now())

    class Meta:
        verbose_name = _("envío")
        verbose_name_plural = _("envíos")
        ordering: ClassVar[list[str]] = ["-queued_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state="queued"),
                name="deliveries_waiting",
            ),
            models.Index(
                fields=["-queued_at"],
                condition=~models.Q(state="sent"),
                name="deliveries_not_sent",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["notice", "channel"], name="a_notice_travels_once_per_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="what_was_sent_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"


class Preference(models.Model):
    """What a person chose for a kind of notice and a channel; without a row, what the kind says."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="notice_preferences", verbose_name=_("persona")
    )
    kind = models.CharField(_("tipo"), max_length=60)
    channel = models.CharField(_("canal"), max_length=20, choices=CHANNELS)
    mode = models.CharField(_("cuándo"), max_length=20, choices=MODES)

    class Meta:
        verbose_name = _("preferencia de avisos")
        verbose_name_plural = _("preferencias de avisos")
        ordering: ClassVar[list[str]] = ["user", "kind", "channel"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], name="one_preference_per_kind_and_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.channel} {self.mode}"


class NoticeTemplate(models.Model):
    """The words the administration wrote for a kind; without a row, those of the kind."""

    kind = models.CharField(_("tipo"), max_length=60)
    subject = models.CharField(_("asunto"), max_length=200)
    text = models.TextField(_("texto"), max_length=2000)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("plantilla de aviso")
        verbose_name_plural = _("plantillas de aviso")
        ordering: ClassVar[list[str]] = ["kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind"], name="one_template_per_kind")
        ]

    def __str__(self) -> str:
        return self.kind


class CalendarFeed(models.Model):
    """A private address a calendar program reads; only the digest of its token is kept."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="calendar_feeds", verbose_name=_("persona")
    )
    token_digest = models.CharField(_("huella de la dirección"), max_length=64)
    created_at = models.DateTimeField(_("creada"))
    revoked_at = models.DateTimeField(_("anulada"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendario privado")
        verbose_name_plural = _("calendarios privados")
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token_digest"], name="calendar_token_is_unique"),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at=None),
                name="one_living_calendar_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"
