"""Addresses of the app."""

from django.urls import URLPattern, path

from sigpret.apps.evaluation.views import closing_after, closing_cut, money, visit, visit_photos
from sigpret.apps.evaluation.views.board import show_board
from sigpret.apps.evaluation.views.closing import show_closing, show_current_closing
from sigpret.apps.evaluation.views.closing_changes import show_changes
from sigpret.apps.evaluation.views.curve import show_curve
from sigpret.apps.evaluation.views.goal import show_goal
from sigpret.apps.evaluation.views.institution import show_institution
from sigpret.apps.evaluation.views.matrix_chain import show_chain
from sigpret.apps.evaluation.views.own import show_own
from sigpret.apps.evaluation.views.value_chain import show_value_chain
from sigpret.apps.evaluation.views.visit_plan import new_visit
from sigpret.apps.evaluation.views.visits import show_visits

app_name = "evaluation"
CLOSING = "cierre/<int:year>/t<int:quarter>"
MONEY = "fisico-financiero/<str:code>/<int:year>/t<int:quarter>"
urlpatterns: list[URLPattern] = [
    path("tablero", show_board, name="board"),
    path("cadena", show_chain, name="chain"),
    path("metas/<str:code>", show_goal, name="goal"),
    path("metas/<str:code>/cadena", show_value_chain, name="value_chain"),
    path("evaluacion", show_own, name="own"),
    path("evaluacion/<str:code>/<int:year>/t<int:quarter>", show_institution, name="institution"),
    path("fisico-financiero", money.show_own, name="money"),
    path(MONEY, money.show_institution, name="money_institution"),
    path(f"{MONEY}.csv", money.download, name="money_file"),
    path(f"{MONEY}.xlsx", money.download_workbook, name="money_workbook"),
    path("cierre", show_current_closing, name="current_closing"),
    path(CLOSING, show_closing, name="closing"),
    path(f"{CLOSING}/prueba", closing_cut.show_trial, name="trial_cut"),
    path(f"{CLOSING}/acta.pdf", closing_cut.download_act, name="closing_act"),
    path(f"{CLOSING}/excepcion", closing_after.add_exception, name="closing_exception"),
    path(f"{CLOSING}/publicar", closing_after.publish, name="closing_publish"),
    path(f"{CLOSING}/reabrir", closing_after.reopen, name="closing_reopen"),
    path(f"{CLOSING}/cambios", show_changes, name="closing_changes"),
    path("visitas", show_visits, name="visits"),
    path("visitas/nueva", new_visit, name="visit_new"),
    path("visitas/<int:number>", visit.show_visit, name="visit"),
    path("visitas/<int:number>/llenar", visit.record, name="visit_record"),
    path("visitas/<int:number>/firmar", visit.sign, name="visit_sign"),
    path("visitas/<int:number>/fotos", visit_photos.add, name="visit_photos"),
    path("visitas/<int:number>/fotos/<int:photo_id>.png", visit_photos.picture, name="visit_photo"),
    path("poa/<int:year>/<str:code>/curva", show_curve, name="curve"),
]
