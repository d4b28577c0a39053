"""A file is stored once, under its own fingerprint; an evidence is whose it is and what for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution


class StoredFile(models.Model):
    """The bytes. `sha256` is of what is stored; `received_sha256` of what arrived, before the
    place and the camera were taken out of a photograph."""

    sha256 = models.CharField(_("huella"), max_length=64)
    received_sha256 = models.CharField(_("huella de lo recibido"), max_length=64)
    size = models.PositiveIntegerField(_("tamaño en bytes"))
    media_type = models.CharField(_("tipo"), max_length=100)
    pages = models.PositiveIntegerField(_("páginas"), null=True, blank=True)
    stored_at = models.DateTimeField(_("guardado el"))

    class Meta:
        verbose_name = _("archivo guardado")
        verbose_name_plural = _("archivos guardados")
        ordering: ClassVar[list[str]] = ["-stored_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["received_sha256"], name="file_by_received_digest")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sha256"], name="a_file_is_stored_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="file_digest_is_hexadecimal",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class Evidence(models.Model):
    """A file an institution shows as proof; reserved only with the legal ground written down."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="evidence", verbose_name=_("institución")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="evidence", verbose_name=_("archivo")
    )
    name = models.CharField(_("nombre del archivo"), max_length=200)
    period = models.CharField(_("periodo"), max_length=8, blank=True)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("subida por")
    )
    uploaded_at = models.DateTimeField(_("subida el"))
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("reemplaza a"),
    )
    is_reserved = models.BooleanField(_("reservada"), default=False)
    legal_ground = models.CharField(_("fundamento legal de la reserva"), max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(_("retirada el"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidencia")
        verbose_name_plural = _("evidencias")
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "file"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="an_institution_keeps_a_file_once",
                violation_error_message=_("Ese archivo ya existe. Puede usar el mismo."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_reserved=False) | ~models.Q(legal_ground=""),
                name="a_reserved_evidence_says_its_ground",
                violation_error_message=_("Escriba el fundamento legal de la reserva."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
