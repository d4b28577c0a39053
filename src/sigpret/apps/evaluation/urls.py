"""Addresses of the app."""

from django.urls import URLPattern, path

from sigpret.apps.evaluation.views import closing_after, closing_cut
from sigpret.apps.evaluation.views.board import show_board
from sigpret.apps.evaluation.views.closing import show_closing, show_current_closing
from sigpret.apps.evaluation.views.closing_changes import show_changes
from sigpret.apps.evaluation.views.goal import show_goal
from sigpret.apps.evaluation.views.institution import show_institution
from sigpret.apps.evaluation.views.own import show_own
from sigpret.apps.evaluation.views.value_chain import show_value_chain

app_name = "evaluation"
CLOSING = "cierre/<int:year>/t<int:quarter>"
urlpatterns: list[URLPattern] = [
    path("tablero", show_board, name="board"),
    path("metas/<str:code>", show_goal, name="goal"),
    path("metas/<str:code>/cadena", show_value_chain, name="value_chain"),
    path("evaluacion", show_own, name="own"),
    path("evaluacion/<str:code>/<int:year>/t<int:quarter>", show_institution, name="institution"),
    path("cierre", show_current_closing, name="current_closing"),
    path(CLOSING, show_closing, name="closing"),
    path(f"{CLOSING}/prueba", closing_cut.show_trial, name="trial_cut"),
    path(f"{CLOSING}/acta.pdf", closing_cut.download_act, name="closing_act"),
    path(f"{CLOSING}/excepcion", closing_after.add_exception, name="closing_exception"),
    path(f"{CLOSING}/publicar", closing_after.publish, name="closing_publish"),
    path(f"{CLOSING}/reabrir", closing_after.reopen, name="closing_reopen"),
    path(f"{CLOSING}/cambios", show_changes, name="closing_changes"),
]
