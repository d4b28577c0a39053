"""Addresses of the mesas."""

from django.urls import URLPattern, path

from sigpret.apps.mesas.views.mesas import show_mesas
from sigpret.apps.mesas.views.summary import show_summary

app_name = "mesas"
#: Below the mesa of a sector.
MESA = "mesas/<slug:slug>"
urlpatterns: list[URLPattern] = [
    path("mesas", show_mesas, name="mesas"),
    path(MESA, show_summary, name="summary"),
]
