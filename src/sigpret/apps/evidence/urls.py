"""Addresses of the files themselves; the screens stand where the values are."""

from django.urls import path

from sigpret.apps.evidence.views import files

app_name = "evidence"
urlpatterns = [
    path("evidencias/<int:pk>/archivo", files.download, name="download"),
    path("evidencias/<int:pk>/pagina/<int:number>.png", files.page, name="page"),
]
