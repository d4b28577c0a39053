"""Addresses of the mesas."""

from django.urls import URLPattern, path

from sigpret.apps.mesas.views.compliance import show_compliance
from sigpret.apps.mesas.views.mesas import show_mesas
from sigpret.apps.mesas.views.summary import show_summary

app_name = "mesas"
#: Below the mesa of a sector.
MESA = "mesas/<slug:slug>"
urlpatterns: list[URLPattern] = [
    path("mesas", show_mesas, name="mesas"),
    path("mesas/cumplimiento", show_compliance, name="compliance"),
    path(MESA, show_summary, name="summary"),
]
