"""Addresses of the shell itself."""

from django.urls import path

from sigpret.web import views

urlpatterns = [
    path("salud", views.health_page, name="health"),
    path("componentes/", views.gallery, name="gallery"),
]
