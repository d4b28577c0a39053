"""The text of the minutes at a moment, and who accepts it or observes something."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.mesas.models.meeting import Meeting
from sigpret.apps.mesas.models.participant import Participant


class MinutesVersion(models.Model):
    """The whole minutes as data, never changed: an observation ends in another version.

    `paper` is the document of it people read before they answered.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="versions", verbose_name=_("reunión")
    )
    number = models.PositiveIntegerField(_("número de versión"))
    content = models.JSONField(_("contenido"))
    digest = models.CharField(_("huella"), max_length=64)
    reason = models.CharField(_("qué cambió"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("hecha por"))
    made_at = models.DateTimeField(_("hecha el"))
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("documento que se leyó"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("versión de la ayuda memoria")
        verbose_name_plural = _("versiones de la ayuda memoria")
        ordering: ClassVar[list[str]] = ["meeting", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_versions_in_order"),
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="minutes_digest_is_hexadecimal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"


class Conformity(models.Model):
    """What a participant answered to one version: name, hour and digest are its signature.

    `is_silent`: nobody answered in the time the rule gives, and the minutes say so.
    """

    class Answer(models.TextChoices):
        CONFORMS = "conforms", _("conforme")
        OBSERVES = "observes", _("con una observación")

    version = models.ForeignKey(
        MinutesVersion, models.CASCADE, related_name="conformities", verbose_name=_("versión")
    )
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="conformities", verbose_name=_("participante")
    )
    answer = models.CharField(_("respuesta"), max_length=10, choices=Answer.choices)
    observation = models.TextField(_("observación"), blank=True)
    resolution = models.TextField(_("qué se hizo con la observación"), blank=True)
    resolved_at = models.DateTimeField(_("atendida el"), null=True, blank=True)
    is_silent = models.BooleanField(_("por silencio"), default=False)
    answered_at = models.DateTimeField(_("respondió el"))

    class Meta:
        verbose_name = _("conformidad")
        verbose_name_plural = _("conformidades")
        ordering: ClassVar[list[str]] = ["version", "answered_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["version", "participant"], name="one_answer_per_version_and_person"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="conforms") | ~models.Q(observation=""),
                name="an_observation_is_written",
                violation_error_message=_("Escriba su observación."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_silent=False) | models.Q(answer="conforms"),
                name="silence_never_observes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.participant_id} · {self.answer}"
