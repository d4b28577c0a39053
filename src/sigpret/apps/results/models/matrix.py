"""A published version of the matrix: what it said, row by row, the day it was published."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User


class MatrixVersion(models.Model):
    """Numbered without gaps; what is being edited now is not a version until it is published."""

    number = models.PositiveIntegerField(_("número"))
    published_at = models.DateTimeField(_("publicada el"))
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("publicada por")
    )
    note = models.CharField(_("qué cambió"), max_length=500)
    digest = models.CharField(_("huella"), max_length=64)

    class Meta:
        verbose_name = _("versión de la matriz")
        verbose_name_plural = _("versiones de la matriz")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="matrix_version_number_is_unique")
        ]

    def __str__(self) -> str:
        return f"versión {self.number}"


class MatrixVersionRow(models.Model):
    """A goal as that version says it: its sheet, targets and links, as JSON."""

    version = models.ForeignKey(
        MatrixVersion, models.CASCADE, related_name="rows", verbose_name=_("versión")
    )
    goal_code = models.CharField(_("código de la meta"), max_length=30)
    level = models.CharField(_("nivel"), max_length=15)
    content = models.JSONField(_("contenido"))

    class Meta:
        verbose_name = _("fila de la versión")
        verbose_name_plural = _("filas de la versión")
        ordering: ClassVar[list[str]] = ["version", "goal_code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["version", "goal_code"], name="one_row_per_goal_and_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.goal_code}"
