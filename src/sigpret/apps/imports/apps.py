"""Registers the app with Django, and its pending tasks with the shell."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from sigpret.web.pending import register


class ImportsConfig(AppConfig):
    name = "sigpret.apps.imports"
    verbose_name = _("importaciones")

    def ready(self) -> None:
        """By name: the provider reads models, which do not exist yet when this file is read."""
        register(import_string("sigpret.apps.imports.pending.import_tasks"))
