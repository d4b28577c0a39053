"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.notice_kinds import KINDS
from sigpret.apps.notices import kinds


class MonitoringConfig(AppConfig):
    name = "sigpret.apps.monitoring"
    verbose_name = _("seguimiento")

    def ready(self) -> None:
        kinds.register(*KINDS)
