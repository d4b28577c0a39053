"""Signing in and the account. Only these of the sign-in library's addresses exist."""

from allauth.account import views as account
from django.urls import include, path, re_path

from sigpret.apps.accounts.views.sign_in import SignInView, enter_as

urlpatterns = [
    path("ingresar/", SignInView.as_view(), name="account_login"),
    path("ingresar/como/<int:user_id>/", enter_as, name="enter_as"),
    path("salir/", account.logout, name="account_logout"),
    path("cuenta/inactiva/", account.account_inactive, name="account_inactive"),
    path("cuenta/confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("cuenta/clave/", account.password_change, name="account_change_password"),
    path("cuenta/clave/recuperar/", account.password_reset, name="account_reset_password"),
    path(
        "cuenta/clave/recuperar/enviado/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^cuenta/clave/recuperar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "cuenta/clave/recuperar/listo/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("cuenta/segundo-factor/", include("allauth.mfa.urls")),
]
