"""Addresses of the shell itself."""

from django.urls import path

from sigpret.web import views

urlpatterns = [
    path("salud", views.health_page, name="health"),
    path("pendientes", views.pending_page, name="pending"),
    path("sesion", views.extend_session, name="extend_session"),
    path("buscar", views.search_page, name="search"),
    path("componentes/", views.gallery, name="gallery"),
]
