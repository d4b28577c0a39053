"""Addresses of the mesas."""

from django.urls import URLPattern, path

from sigpret.apps.mesas.views import (
    accredit,
    answer,
    conform,
    convene,
    convocation,
    designations,
    groups,
    meeting,
    meeting_agreements,
    meeting_conformity,
    meeting_notes,
    meeting_papers,
    meeting_session,
    member,
    members,
    written_file,
    written_product,
)
from sigpret.apps.mesas.views.agreement import show_agreement, take_step
from sigpret.apps.mesas.views.agreement_files import decision_file, step_file
from sigpret.apps.mesas.views.agreements import show_agreements
from sigpret.apps.mesas.views.bottleneck import show_bottleneck, take_bottleneck_step
from sigpret.apps.mesas.views.bottlenecks import show_bottlenecks
from sigpret.apps.mesas.views.compliance import show_compliance
from sigpret.apps.mesas.views.decision import show_decision, take_decision_step
from sigpret.apps.mesas.views.decisions import new_decision, show_decisions
from sigpret.apps.mesas.views.documents import show_documents
from sigpret.apps.mesas.views.goals import show_goals
from sigpret.apps.mesas.views.mechanisms import end_one, show_mechanisms
from sigpret.apps.mesas.views.meetings import show_meetings
from sigpret.apps.mesas.views.mesas import show_mesas
from sigpret.apps.mesas.views.plan_reviews import show_plan_review, show_plan_reviews
from sigpret.apps.mesas.views.products import show_products
from sigpret.apps.mesas.views.strategies import show_strategies
from sigpret.apps.mesas.views.strategy import show_strategy, take_strategy_step
from sigpret.apps.mesas.views.summary import show_summary
from sigpret.apps.mesas.views.work_plan import compare_versions, show_work_plan
from sigpret.apps.mesas.views.work_plan_edit import edit_work_plan
from sigpret.apps.mesas.views.work_plan_progress import tell_progress
from sigpret.apps.mesas.views.work_plan_steps import take_plan_step
from sigpret.apps.mesas.views.work_plan_workbook import download_plan

app_name = "mesas"
#: Below the mesa of a sector.
MESA = "mesas/<slug:slug>"
AGREEMENT = f"{MESA}/acuerdos/<int:meeting>.<int:number>"
CONVOCATION = f"{MESA}/r/<int:number>/convocatoria"
MEETING = f"{MESA}/r/<int:number>"
PRODUCTS = f"{MESA}/productos"
BOTTLENECK = f"{PRODUCTS}/cuellos/<int:bottleneck>"
STRATEGY = f"{PRODUCTS}/estrategias/<int:strategy>"
DIAGNOSIS = f"{PRODUCTS}/diagnostico"
REPORT = f"{PRODUCTS}/informe/<str:period>"
urlpatterns: list[URLPattern] = [
    path("mesas", show_mesas, name="mesas"),
    path("mesas/cumplimiento", show_compliance, name="compliance"),
    path(MESA, show_summary, name="summary"),
    path(f"{MESA}/miembros", members.show_members, name="members"),
    path(f"{MESA}/miembros/acreditar", accredit.accredit_member, name="accredit"),
    path(f"{MESA}/miembros/excepcion", accredit.request_exception, name="ask_exception"),
    path(f"{MESA}/miembros/<int:member>/sustituir", member.substitute_member, name="substitute"),
    path(f"{MESA}/miembros/<int:member>/contacto", member.correct_member, name="correct_member"),
    path(f"{MESA}/miembros/<int:member>/baja", member.end_member, name="end_member"),
    path(f"{MESA}/miembros/<int:member>/oficio", member.letter, name="member_letter"),
    path(f"{MESA}/miembros/designar", designations.designate_person, name="designate"),
    path(
        f"{MESA}/miembros/designaciones/<int:designation>", designations.end_duty, name="end_duty"
    ),
    path(f"{MESA}/miembros/constituir", members.constitute_mesa, name="constitute"),
    path(f"{MESA}/grupos", groups.show_groups, name="groups"),
    path(f"{MESA}/grupos/nuevo", groups.new_group, name="group_new"),
    path(f"{MESA}/grupos/<int:group>", groups.show_group, name="group"),
    path(f"{MESA}/grupos/<int:group>/<slug:deed>", groups.take_group_step, name="group_step"),
    path(f"{MESA}/reuniones", show_meetings, name="meetings"),
    path(f"{MESA}/convocar", convene.convene_meeting, name="convene"),
    path(f"{MESA}/convocar/descartar", convene.discard, name="convene_discard"),
    path(CONVOCATION, convocation.show_convocation, name="convocation"),
    path(f"{CONVOCATION}/cambiar", convene.change_meeting, name="convocation_change"),
    path(f"{CONVOCATION}/cancelar", convocation.cancel_meeting, name="convocation_cancel"),
    path(f"{CONVOCATION}/recordar", convocation.remind_people, name="convocation_remind"),
    path(f"{CONVOCATION}/reintentar", convocation.retry_mails, name="convocation_retry"),
    path(
        f"{MESA}/r/<int:number>/adjuntos/<int:paper>",
        convocation.meeting_paper,
        name="meeting_paper",
    ),
    path("r/<str:token>", answer.answer, name="answer"),
    path("r/<str:token>/adjuntos/<int:paper>", answer.answer_paper, name="answer_paper"),
    path(f"{MESA}/acuerdos", show_agreements, name="agreements"),
    path(AGREEMENT, show_agreement, name="agreement"),
    path(f"{AGREEMENT}/<slug:deed>", take_step, name="agreement_step"),
    path(f"{MESA}/acuerdos/archivo/<int:step>", step_file, name="agreement_file"),
    path(f"{MESA}/plan", show_work_plan, name="work_plan"),
    path(f"{MESA}/plan.xlsx", download_plan, name="work_plan_xlsx"),
    path(f"{MESA}/plan/comparar", compare_versions, name="work_plan_compare"),
    path(f"{MESA}/plan/editar", edit_work_plan, name="work_plan_edit"),
    path(f"{MESA}/plan/avance/<slug:key>", tell_progress, name="work_plan_progress"),
    path(f"{MESA}/plan/<slug:deed>", take_plan_step, name="work_plan_step"),
    path(f"{MESA}/metas", show_goals, name="goals"),
    path(f"{MESA}/documentos", show_documents, name="documents"),
    path(PRODUCTS, show_products, name="products"),
    path(f"{PRODUCTS}/cuellos", show_bottlenecks, name="bottlenecks"),
    path(BOTTLENECK, show_bottleneck, name="bottleneck"),
    path(f"{BOTTLENECK}/<slug:deed>", take_bottleneck_step, name="bottleneck_step"),
    path(f"{PRODUCTS}/estrategias", show_strategies, name="strategies"),
    path(STRATEGY, show_strategy, name="strategy"),
    path(f"{STRATEGY}/<slug:deed>", take_strategy_step, name="strategy_step"),
    path(DIAGNOSIS, written_product.show_diagnosis, name="diagnosis"),
    path(
        f"{DIAGNOSIS}/documento.<slug:suffix>", written_file.diagnosis_file, name="diagnosis_file"
    ),
    path(f"{DIAGNOSIS}/<slug:deed>", written_product.take_diagnosis_step, name="diagnosis_step"),
    path(f"{PRODUCTS}/informe", written_product.show_progress_reports, name="progress_reports"),
    path(REPORT, written_product.show_progress_report, name="progress_report"),
    path(
        f"{REPORT}/documento.<slug:suffix>",
        written_file.progress_report_file,
        name="progress_report_file",
    ),
    path(f"{REPORT}/<slug:deed>", written_product.take_report_step, name="progress_report_step"),
    path(f"{PRODUCTS}/mecanismos", show_mechanisms, name="mechanisms"),
    path(f"{PRODUCTS}/mecanismos/<int:mechanism>/terminar", end_one, name="mechanism_end"),
    path(f"{PRODUCTS}/poa", show_plan_reviews, name="plan_reviews"),
    path(f"{PRODUCTS}/poa/<str:code>", show_plan_review, name="plan_review"),
    path("decisiones", show_decisions, name="decisions"),
    path("decisiones/nueva", new_decision, name="decision_new"),
    path("decisiones/<int:number>", show_decision, name="decision"),
    path("decisiones/<int:number>/archivo", decision_file, name="decision_file"),
    path("decisiones/<int:number>/<slug:deed>", take_decision_step, name="decision_step"),
    path(MEETING, meeting.show_meeting, name="meeting"),
    path(f"{MEETING}/iniciar", meeting_session.start, name="start_session"),
    path(f"{MEETING}/asistencia", meeting_session.attendance, name="attendance"),
    path(f"{MEETING}/asistentes", meeting_session.attendee, name="attendee"),
    path(f"{MEETING}/terminar", meeting_session.finish, name="finish_session"),
    path(f"{MEETING}/horas", meeting_session.hours, name="correct_hours"),
    path(f"{MEETING}/no-realizada", meeting_session.not_held, name="not_held"),
    path(f"{MEETING}/notas", meeting_notes.notes, name="meeting_notes"),
    path(f"{MEETING}/temas", meeting_notes.item, name="add_item"),
    path(f"{MEETING}/temas/<int:item>/acuerdos", meeting_agreements.add, name="add_agreement"),
    path(
        f"{MEETING}/acuerdos/<int:agreement>",
        meeting_agreements.change,
        name="change_agreement",
    ),
    path(
        f"{MEETING}/acuerdos/<int:agreement>/retirar",
        meeting_agreements.drop,
        name="drop_agreement",
    ),
    path(f"{MEETING}/conformidad", meeting_conformity.ask, name="ask_conformity"),
    path(f"{MEETING}/recordar", meeting_conformity.remind, name="remind_unanswered"),
    path(
        f"{MEETING}/observaciones/<int:observation>",
        meeting_conformity.resolve,
        name="resolve_observation",
    ),
    path(f"{MEETING}/distribuir", meeting_conformity.distribute, name="distribute"),
    path(f"{MEETING}/ayuda-memoria.pdf", meeting_papers.minutes_file, name="minutes_file"),
    path(f"{MEETING}/ayuda-memoria.docx", meeting_papers.minutes_word, name="minutes_word"),
    path(f"{MEETING}/versiones", meeting_papers.versions, name="meeting_versions"),
    path("c/<str:token>", conform.conform, name="conform"),
    path("c/<str:token>/ayuda-memoria.pdf", conform.conform_file, name="conform_file"),
    path("c/<str:token>/constancia.pdf", conform.conform_proof, name="conform_proof"),
    path("c/<str:token>/acuerdos.ics", conform.conform_calendar, name="conform_calendar"),
]
