"""The chain of events. Rows are only ever added; triggers in the database see to it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One thing somebody did. No foreign keys: the record outlives what it speaks of.

    `at`, `previous_digest` and `digest` are written by the database, which
    serialises the writers; `payload` is the canonical JSON text that was hashed.
    """

    at = models.DateTimeField(_("momento"), db_default=models.functions.Now(), editable=False)
    actor_id = models.BigIntegerField(_("código de la persona"), null=True)
    actor_name = models.CharField(_("persona"), max_length=200)
    action = models.CharField(_("acción"), max_length=80)
    subject_type = models.CharField(_("tipo de objeto"), max_length=80)
    subject_id = models.CharField(_("objeto"), max_length=80)
    payload = models.TextField(_("detalle"), default="{}")
    previous_digest = models.CharField(_("huella anterior"), max_length=64, db_default="")
    digest = models.CharField(_("huella"), max_length=64, db_default="")

    class Meta:
        verbose_name = _("hecho registrado")
        verbose_name_plural = _("hechos registrados")
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject")
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.action} {self.subject_type}:{self.subject_id}"


class HandledRequest(models.Model):
    """The answer a person's request got, so that sending it again has no second effect.

    `key` is made by the person's own machine; `digest` is of what was asked under it.
    """

    user_id = models.BigIntegerField(_("código de la persona"))
    key = models.UUIDField(_("clave de la petición"))
    digest = models.CharField(_("huella de lo pedido"), max_length=64)
    answer = models.JSONField(_("respuesta"))
    at = models.DateTimeField(_("momento"))

    class Meta:
        verbose_name = _("petición atendida")
        verbose_name_plural = _("peticiones atendidas")
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="handled_by_age")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user_id", "key"], name="a_request_is_handled_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
