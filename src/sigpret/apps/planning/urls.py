"""Addresses of the app."""

from django.urls import path

from sigpret.apps.planning.views import papers
from sigpret.apps.planning.views.plan import plan
from sigpret.apps.planning.views.plans import current_plans, plans

app_name = "planning"
urlpatterns = [
    path("poa", current_plans, name="plans"),
    path("poa/<int:year>", plans, name="plans"),
    path("poa/<int:year>/<str:code>", plan, name="plan"),
    path("poa/<int:year>/<str:code>/reporte.pdf", papers.report_pdf, name="report_pdf"),
    path("poa/<int:year>/<str:code>/reporte.xlsx", papers.report_xlsx, name="report_xlsx"),
    path("poa/<int:year>/<str:code>/reporte.txt", papers.report_as_text, name="report_text"),
    path("poa/<int:year>/<str:code>/narrativa.pdf", papers.narrative_pdf, name="narrative_pdf"),
    path("poa/<int:year>/<str:code>/narrativa.docx", papers.narrative_docx, name="narrative_docx"),
]
