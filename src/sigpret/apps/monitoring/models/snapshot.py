"""What was true when a round closed. Triggers refuse any later change."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.models.round import ReportingRound


class Snapshot(models.Model):
    """One published figure with everything needed to explain it. No foreign key to its subject."""

    class Kind(models.TextChoices):
        GOAL = "goal", _("meta")
        PRODUCT = "product", _("producto")
        INSTITUTION = "institution", _("institución")

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="snapshots")
    edition = models.PositiveSmallIntegerField(_("edición del cierre"), default=1, db_default=1)
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices)
    subject_id = models.BigIntegerField(_("objeto"))
    code = models.CharField(_("código"), max_length=60)
    level = models.CharField(_("nivel"), max_length=15, blank=True)
    slug = models.CharField(_("dirección"), max_length=150, blank=True)
    payload = models.JSONField(_("contenido"))

    class Meta:
        verbose_name = _("fotografía del cierre")
        verbose_name_plural = _("fotografías del cierre")
        ordering: ClassVar[list[str]] = ["round", "kind", "code"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "slug", "round"], name="snapshot_by_slug"),
            models.Index(fields=["round", "kind", "level"], name="snapshot_by_level"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "edition", "kind", "subject_id"],
                name="one_snapshot_per_subject_and_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.round_id}"
