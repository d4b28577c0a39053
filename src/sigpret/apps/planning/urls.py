"""Addresses of the app."""

from django.urls import path

from sigpret.apps.planning.page_urls import page_addresses
from sigpret.apps.planning.strategic_urls import strategic_addresses
from sigpret.apps.planning.views import papers
from sigpret.apps.planning.views.change import change, change_choose, change_data, change_step
from sigpret.apps.planning.views.change_files import change_file_download, change_files
from sigpret.apps.planning.views.changes import plan_changes
from sigpret.apps.planning.views.coherence import coherence, country_coherence
from sigpret.apps.planning.views.copy import copy_last_plan
from sigpret.apps.planning.views.formulation import formulation
from sigpret.apps.planning.views.plans import current_plans, plans, remind
from sigpret.apps.planning.views.review import plan_observation, plan_observe, plan_review_page
from sigpret.apps.planning.views.submit import plan_submit
from sigpret.apps.planning.views.versions import plan_versions_page

app_name = "planning"
urlpatterns = [
    path("poa", current_plans, name="plans"),
    path("poa/<int:year>", plans, name="plans"),
    path("poa/<int:year>/recordar", remind, name="remind"),
    path("poa/<int:year>/coherencia", country_coherence, name="country_coherence"),
    *page_addresses,
    *strategic_addresses,
    path("poa/<int:year>/<str:code>/coherencia", coherence, name="coherence"),
    path("poa/<int:year>/<str:code>/reporte.pdf", papers.report_pdf, name="report_pdf"),
    path("poa/<int:year>/<str:code>/reporte.xlsx", papers.report_xlsx, name="report_xlsx"),
    path("poa/<int:year>/<str:code>/reporte.txt", papers.report_as_text, name="report_text"),
    path("poa/<int:year>/<str:code>/narrativa.pdf", papers.narrative_pdf, name="narrative_pdf"),
    path("poa/<int:year>/<str:code>/narrativa.docx", papers.narrative_docx, name="narrative_docx"),
    path("poa/<int:year>/<str:code>/enviar", plan_submit, name="send"),
    path("poa/<int:year>/<str:code>/revision", plan_review_page, name="plan_review"),
    path("poa/<int:year>/<str:code>/revision/observaciones", plan_observe, name="plan_observe"),
    path(
        "poa/<int:year>/<str:code>/revision/observaciones/<int:pk>",
        plan_observation,
        name="plan_observation",
    ),
    path("poa/<int:year>/<str:code>/versiones", plan_versions_page, name="versions"),
    path("poa/<int:year>/<str:code>/copiar", copy_last_plan, name="copy"),
    path("poa/<int:year>/<str:code>/cambios", plan_changes, name="changes"),
    path("cambios/<int:plan_id>-<int:number>", change, name="change"),
    path("cambios/<int:plan_id>-<int:number>/datos", change_data, name="change_data"),
    path("cambios/<int:plan_id>-<int:number>/producto", change_choose, name="change_choose"),
    path("cambios/<int:plan_id>-<int:number>/paso", change_step, name="change_step"),
    path("cambios/<int:plan_id>-<int:number>/documentos", change_files, name="change_files"),
    path(
        "cambios/<int:plan_id>-<int:number>/documentos/<int:pk>",
        change_file_download,
        name="change_file",
    ),
    path("administracion/formulacion", formulation, name="formulation"),
]
