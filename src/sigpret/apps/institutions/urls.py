"""Addresses of the app."""

from django.urls import path

from sigpret.apps.institutions.views.tokens import end_token, tokens

app_name = "institutions"
urlpatterns = [
    path("cuenta/programas", tokens, name="tokens"),
    path("cuenta/programas/<int:pk>/anular", end_token, name="end_token"),
]
