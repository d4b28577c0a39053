"""The quarter as a process: it opens, has a deadline, closes, and may be opened again."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportingRound(models.Model):
    """`edition` numbers its closings: the one that comes next, or the last one once closed.

    `extended_until` is filled by whoever reads a round for an institution that has more time.
    """

    extended_until: datetime | None = None

    class State(models.TextChoices):
        OPEN = "open", _("abierta")
        CLOSED = "closed", _("cerrada")

    period = models.CharField(_("periodo"), max_length=8)
    opens_on = models.DateField(_("abre el"))
    closes_at = models.DateTimeField(_("cierra a las"))
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(_("cerrada el"), null=True, blank=True)
    closed_by_id = models.BigIntegerField(_("código de quien cerró"), null=True, blank=True)
    policy_version = models.CharField(_("versión de la metodología"), max_length=40, blank=True)
    edition = models.PositiveSmallIntegerField(_("edición del cierre"), default=1, db_default=1)
    digest = models.CharField(_("huella del cierre"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("ronda de reporte")
        verbose_name_plural = _("rondas de reporte")
        ordering: ClassVar[list[str]] = ["period"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["period"], name="one_round_per_quarter"),
            models.CheckConstraint(
                condition=models.Q(period__regex=r"^\d{4}-Q[1-4]$"), name="round_is_quarterly"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True, digest="")
                | (models.Q(state="closed", closed_at__isnull=False) & ~models.Q(digest="")),
                name="a_closed_round_says_when_and_what",
            ),
        ]

    def __str__(self) -> str:
        return self.period
