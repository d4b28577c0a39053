"""Registers the app with Django, and the chain with the health page."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from sigpret.web.health import register


class AuditConfig(AppConfig):
    name = "sigpret.apps.audit"
    verbose_name = _("bitácora")

    def ready(self) -> None:
        """By name: the check reads models, which do not exist yet when this file is read."""
        check = import_string("sigpret.apps.audit.health.last_links_hold")
        register("audit", _("Bitácora"), check)
