"""Addresses of the app. The chain with its figures, /cadena, is the evaluation's."""

from django.urls import URLPattern, path

from sigpret.apps.results.views.findings import show_findings, show_loose
from sigpret.apps.results.views.goal_form import edit_goal, new_goal
from sigpret.apps.results.views.hand_down import hand_goals_down
from sigpret.apps.results.views.link import link, new_link, unlink
from sigpret.apps.results.views.product_goal import link_product
from sigpret.apps.results.views.products import edit_products
from sigpret.apps.results.views.retire import retire
from sigpret.apps.results.views.sheet import show_sheet
from sigpret.apps.results.views.sheet_form import check_formula, edit_sheet
from sigpret.apps.results.views.spread import spread
from sigpret.apps.results.views.table import edit_row, show_table
from sigpret.apps.results.views.targets import edit_targets
from sigpret.apps.results.views.versions import compare, publish, show_versions

app_name = "results"
urlpatterns: list[URLPattern] = [
    path("cadena/tabla", show_table, name="table"),
    path("cadena/tabla/<str:code>", edit_row, name="row"),
    path("cadena/reglas", show_findings, name="findings"),
    path("cadena/sueltas", show_loose, name="loose"),
    path("cadena/entregar", hand_goals_down, name="hand_down"),
    path("cadena/versiones", show_versions, name="versions"),
    path("cadena/versiones/comparar", compare, name="compare"),
    path("cadena/versiones/publicar", publish, name="publish"),
    path("cadena/vinculos", new_link, name="link_new"),
    path("cadena/vinculos/<str:child>/<str:parent>", link, name="link"),
    path("cadena/vinculos/<str:child>/<str:parent>/quitar", unlink, name="unlink"),
    path("cadena/pesos/<str:code>", spread, name="spread"),
    path("fichas/nueva", new_goal, name="goal_new"),
    path("fichas/<str:code>", show_sheet, name="sheet"),
    path("fichas/<str:code>/meta", edit_goal, name="goal_form"),
    path("fichas/<str:code>/indicador", edit_sheet, name="sheet_form"),
    path("fichas/<str:code>/formula", check_formula, name="formula"),
    path("fichas/<str:code>/programacion", edit_targets, name="targets"),
    path("fichas/<str:code>/productos", edit_products, name="products"),
    path("fichas/producto/<int:product_id>", link_product, name="link_product"),
    path("fichas/<str:code>/retirar", retire, name="retire"),
]
