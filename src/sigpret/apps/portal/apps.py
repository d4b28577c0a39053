"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "sigpret.apps.portal"
    verbose_name = _("portal ciudadano")
