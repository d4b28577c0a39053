"""Addresses of the mesas."""

from django.urls import URLPattern

app_name = "mesas"
urlpatterns: list[URLPattern] = []
