"""Addresses of the app."""

from django.urls import path

import sigpret.apps.monitoring.urls  # noqa: F401 - its converters of years and quarters
from sigpret.apps.imports.views import lot, matrix_files, plan_workbook, report_workbook
from sigpret.apps.imports.views.confirm import confirm
from sigpret.apps.imports.views.distribute import distribute
from sigpret.apps.imports.views.original import discard, original
from sigpret.apps.imports.views.review import review
from sigpret.apps.imports.views.start import start

app_name = "imports"
QUARTER = "<year:year>/t<quarter:quarter>"
REPORT = f"i/<slug:code>/{QUARTER}/reporte"
urlpatterns = [
    path("importar", start, name="start"),
    path("importar/<int:pk>", review, name="review"),
    path("importar/<int:pk>/distribuir", distribute, name="distribute"),
    path("importar/<int:pk>/confirmar", confirm, name="confirm"),
    path("importar/<int:pk>/descartar", discard, name="discard"),
    path("importar/<int:pk>/original", original, name="original"),
    path(f"reporte/{QUARTER}/excel", report_workbook.download_own, name="my_report_workbook"),
    path(f"{REPORT}/excel", report_workbook.download, name="report_workbook"),
    path(f"{REPORT}/excel/subir", report_workbook.upload, name="report_upload"),
    path("cadena/tabla.xlsx", matrix_files.workbook, name="matrix_workbook"),
    path("cadena/tabla.pdf", matrix_files.paper, name="matrix_paper"),
    path("cadena/excel", matrix_files.upload, name="matrix_upload"),
    path("poa/<int:year>/<str:code>/excel.xlsx", plan_workbook.download, name="plan_workbook"),
    path("poa/<int:year>/<str:code>/excel", plan_workbook.upload, name="plan_upload"),
    path("excel/<int:pk>", lot.lot, name="lot"),
    path("excel/<int:pk>/marcado", lot.marked, name="lot_marked"),
    path("excel/<int:pk>/original", lot.original, name="lot_original"),
    path("excel/<int:pk>/descartar", lot.discard, name="lot_discard"),
]
