"""Addresses of the app."""

from django.urls import path

from sigpret.apps.notices.views import administration, calendar, inbox, outbox, preferences

app_name = "notices"
ADMINISTRATION = "administracion/avisos"
urlpatterns = [
    path("avisos", inbox.inbox_page, name="inbox"),
    path("avisos/leidos", inbox.read_notices, name="read"),
    path("avisos/silenciar", inbox.mute_kind, name="mute"),
    path("avisos/<int:pk>/abrir", inbox.follow, name="open"),
    path("perfil/avisos", preferences.preferences, name="preferences"),
    path("perfil/avisos/calendario", preferences.new_calendar, name="new_calendar"),
    path("perfil/avisos/calendario/anular", preferences.end_calendar, name="end_calendar"),
    path("calendario/<slug:token>.ics", calendar.calendar_feed, name="calendar"),
    path(ADMINISTRATION, administration.overview, name="administration"),
    path(f"{ADMINISTRATION}/textos/<slug:code>", administration.template, name="template"),
    path(f"{ADMINISTRATION}/textos/<slug:code>/original", administration.restore, name="restore"),
    path(f"{ADMINISTRATION}/textos/<slug:code>/vista", administration.preview, name="preview"),
    path(f"{ADMINISTRATION}/envios/<int:pk>/reintentar", administration.retry, name="retry"),
    path("demostracion/correos", outbox.outbox_page, name="outbox"),
    path("demostracion/correos/<slug:name>", outbox.mail_page, name="mail"),
    path("demostracion/correos/<slug:name>/html", outbox.mail_html, name="mail_html"),
]
