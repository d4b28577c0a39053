"""Addresses of the API, without the pages its library would add."""

from django.urls import path

from sigpret.apps.imports.api import api
from sigpret.apps.imports.views.openapi import PREFIX, openapi

patterns = [
    path("openapi.json", openapi, name="openapi"),
    *(found for found in api.urls[0] if getattr(found, "name", "") != "api-root"),
]
urlpatterns = [path(PREFIX.strip("/") + "/", (patterns, "api", "api"))]
