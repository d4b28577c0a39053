"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices import kinds
from sigpret.apps.planning.notice_kinds import KINDS


class PlanningConfig(AppConfig):
    name = "sigpret.apps.planning"
    verbose_name = _("planificación")

    def ready(self) -> None:
        kinds.register(*KINDS)
