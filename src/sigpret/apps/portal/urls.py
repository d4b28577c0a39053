"""Addresses of the portal: short, stable, shareable."""

from django.urls import path

from sigpret.apps.portal.views.home import home
from sigpret.apps.portal.views.methodology import methodology
from sigpret.apps.portal.views.minutes import (
    mesa_minutes,
    minutes_index,
    one_minutes,
    preview_minutes,
    verified,
    verify,
)
from sigpret.apps.portal.views.promise import promise, promise_data
from sigpret.apps.portal.views.promises import promises, promises_data
from sigpret.apps.portal.views.reprogramming import reprogramming, reprogramming_file
from sigpret.apps.portal.views.value_chain import value_chain, value_chain_data

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("promesas", promises, name="promises"),
    path("promesas.csv", promises_data, name="promises_data"),
    path("promesas/<slug:slug>", promise, name="promise"),
    path("promesas/<slug:slug>/datos.csv", promise_data, name="promise_data"),
    path("cadena-de-valor/<slug:slug>", value_chain, name="value_chain"),
    path("cadena-de-valor/<slug:slug>/datos.csv", value_chain_data, name="value_chain_data"),
    path("metodologia", methodology, name="methodology"),
    path("actas", minutes_index, name="minutes_index"),
    path("mesas/<slug:slug>/actas", mesa_minutes, name="mesa_minutes"),
    path("mesas/<slug:slug>/actas/<int:number>-<int:year>", one_minutes, name="one_minutes"),
    path("mesas/<slug:slug>/r/<int:number>/publica", preview_minutes, name="preview_minutes"),
    path("reprogramaciones", reprogramming, name="reprogramming"),
    path("reprogramaciones/documentos/<int:pk>", reprogramming_file, name="reprogramming_file"),
    path("verificar", verify, name="verify"),
    path("verificar/<str:code>", verified, name="verified"),
]
