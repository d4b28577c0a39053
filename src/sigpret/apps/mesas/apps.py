"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MesasConfig(AppConfig):
    name = "sigpret.apps.mesas"
    verbose_name = _("mesas sectoriales")
