"""Addresses of the app."""

from django.urls import URLPattern, path

from sigpret.apps.evaluation.views.board import show_board
from sigpret.apps.evaluation.views.closing import show_closing, show_current_closing
from sigpret.apps.evaluation.views.goal import show_goal
from sigpret.apps.evaluation.views.institution import show_institution
from sigpret.apps.evaluation.views.own import show_own

app_name = "evaluation"
urlpatterns: list[URLPattern] = [
    path("tablero", show_board, name="board"),
    path("metas/<str:code>", show_goal, name="goal"),
    path("evaluacion", show_own, name="own"),
    path("evaluacion/<str:code>/<int:year>/t<int:quarter>", show_institution, name="institution"),
    path("cierre", show_current_closing, name="current_closing"),
    path("cierre/<int:year>/t<int:quarter>", show_closing, name="closing"),
]
