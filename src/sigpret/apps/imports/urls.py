"""Addresses of the app."""

from django.urls import path

from sigpret.apps.imports.views.confirm import confirm
from sigpret.apps.imports.views.distribute import distribute
from sigpret.apps.imports.views.original import discard, original
from sigpret.apps.imports.views.review import review
from sigpret.apps.imports.views.start import start

app_name = "imports"
urlpatterns = [
    path("importar", start, name="start"),
    path("importar/<int:pk>", review, name="review"),
    path("importar/<int:pk>/distribuir", distribute, name="distribute"),
    path("importar/<int:pk>/confirmar", confirm, name="confirm"),
    path("importar/<int:pk>/descartar", discard, name="discard"),
    path("importar/<int:pk>/original", original, name="original"),
]
