"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "sigpret.apps.monitoring"
    verbose_name = _("seguimiento")
