"""The review of a report: who took it, and who said it was finished."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.monitoring.models.report import ProgressReport


class ReportReview(models.Model):
    """One per report. Taking it tells the others who is at work and forbids nothing; it is
    finished when nothing waits for a decision, and a report that is sent again opens it again."""

    report = models.OneToOneField(
        ProgressReport, models.CASCADE, related_name="review", verbose_name=_("reporte")
    )
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("quién la tomó")
    )
    taken_at = models.DateTimeField(_("tomada el"), null=True)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("quién la terminó")
    )
    finished_at = models.DateTimeField(_("terminada el"), null=True)

    class Meta:
        verbose_name = _("revisión de un reporte")
        verbose_name_plural = _("revisiones de reportes")
        ordering: ClassVar[list[str]] = ["report"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(taken_by__isnull=True, taken_at__isnull=True)
                | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                name="a_taken_review_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_by__isnull=True, finished_at__isnull=True)
                | models.Q(finished_by__isnull=False, finished_at__isnull=False),
                name="a_finished_review_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"
