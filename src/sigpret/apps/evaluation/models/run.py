"""Each run of the evaluation: which rules, which inputs, which result."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvaluationRun(models.Model):
    """A full evaluation, reproducible: version of the methodology and digest of its inputs."""

    period = models.CharField(_("periodo"), max_length=8)
    as_of = models.DateField(_("fecha de corte"))
    run_at = models.DateTimeField(_("calculada el"))
    policy_version = models.CharField(_("versión de la metodología"), max_length=40)
    inputs_digest = models.CharField(_("huella de los datos"), max_length=64)
    result_digest = models.CharField(_("huella del resultado"), max_length=64)

    class Meta:
        verbose_name = _("corrida de evaluación")
        verbose_name_plural = _("corridas de evaluación")
        ordering: ClassVar[list[str]] = ["-run_at"]

    def __str__(self) -> str:
        return f"{self.period} {self.policy_version}"
