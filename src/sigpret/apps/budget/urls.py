"""Addresses of the app."""

from django.urls import URLPattern, path

from sigpret.apps.budget.views import execution, execution_start
from sigpret.apps.budget.views.budget import change_network, show_budget
from sigpret.apps.budget.views.ceiling import edit_ceiling
from sigpret.apps.budget.views.costs import edit_costs
from sigpret.apps.budget.views.country import show_country
from sigpret.apps.budget.views.lines import show_lines
from sigpret.apps.budget.views.matrix import edit_matrix
from sigpret.apps.budget.views.scenarios import show_scenarios, try_scenario

app_name = "budget"
MONEY, PLAN = "presupuesto/<int:year>/<str:code>", "poa/<int:year>/<str:code>"
EXECUTION = "presupuesto/ejecucion/importar"
urlpatterns: list[URLPattern] = [
    path(EXECUTION, execution_start.start, name="executions"),
    path(f"{EXECUTION}/<int:number>", execution.show_import, name="execution"),
    path(f"{EXECUTION}/<int:number>/columnas", execution.point, name="execution_columns"),
    path(f"{EXECUTION}/<int:number>/guardar", execution.store, name="execution_store"),
    path(f"{EXECUTION}/<int:number>/descartar", execution.discard, name="execution_discard"),
    path(
        f"{EXECUTION}/<int:number>/rechazadas.csv",
        execution.download_refused,
        name="execution_refused",
    ),
    path("presupuesto/<int:year>", show_country, name="country"),
    path(MONEY, show_budget, name="budget"),
    path(f"{MONEY}/red", change_network, name="network"),
    path(f"{MONEY}/lineas", show_lines, name="lines"),
    path(f"{MONEY}/techo", edit_ceiling, name="ceiling"),
    path(f"{PLAN}/producto/<int:product>/costos", edit_costs, name="costs"),
    path(f"{PLAN}/matriz", edit_matrix, name="matrix"),
    path(f"{PLAN}/escenarios", show_scenarios, name="scenarios"),
    path(f"{PLAN}/escenarios/<int:scenario>", try_scenario, name="scenario"),
]
