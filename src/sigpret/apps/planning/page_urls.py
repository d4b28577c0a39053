"""Addresses of the page of a plan and of what is written from it."""

from django.urls import URLPattern, path, register_converter

from sigpret.apps.planning.views import product_form, product_place, row_form, statement
from sigpret.apps.planning.views.paste import paste
from sigpret.apps.planning.views.plan import plan
from sigpret.apps.planning.views.product_sheet import product_sheet

PLAN = "poa/<int:year>/<str:code>"
PRODUCT, ROW = f"{PLAN}/producto/<int:product_id>", f"{PLAN}/filas/<str:kind>"


class ProductLabel:
    """How people name a product in its plan: `2.6`. A quarter of the report is not one."""

    regex = r"[0-9]{1,6}\.[0-9]{1,6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ProductLabel, "product_label")

page_addresses: list[URLPattern] = [
    path(PLAN, plan, name="plan"),
    path(f"{PLAN}/empezar", statement.start, name="start"),
    path(f"{PLAN}/mision", statement.statement, name="statement"),
    path(f"{PLAN}/deshacer", statement.undo, name="undo"),
    path(f"{PLAN}/pegar", paste, name="paste"),
    path(f"{PLAN}/objetivo/<int:group_id>/producto", product_form.new_product, name="product_new"),
    path(PRODUCT, product_form.product, name="product"),
    path(f"{PRODUCT}/mover", product_place.move, name="product_move"),
    path(f"{PRODUCT}/quitar", product_place.remove, name="product_remove"),
    path(f"{ROW}/nueva", row_form.new_row, name="row_new"),
    path(f"{ROW}/<int:row_id>", row_form.row, name="row"),
    path(f"{ROW}/<int:row_id>/quitar", row_form.remove, name="row_remove"),
    path("i/<str:code>/<int:year>/<product_label:label>", product_sheet, name="product_sheet"),
]
