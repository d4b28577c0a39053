"""Addresses of reporting and review."""

from django.urls import path, register_converter

from sigpret.apps.monitoring.views import (
    calendar,
    cell,
    change_asked,
    changes,
    comments,
    decide,
    deliveries,
    evidence_drop,
    evidence_file,
    evidence_library,
    evidence_row,
    extensions,
    offline,
    own_report,
    paste,
    receipt,
    report,
    report_answer,
    report_assign,
    review,
    review_queue,
    review_steps,
    submit,
    threads,
)


class QuarterNumber:
    """A quarter of a year: 1 to 4."""

    regex = "[1-4]"
    to_python = int
    to_url = str


class Year:
    """A year with its four digits."""

    regex = "[12][0-9]{3}"
    to_python = int
    to_url = str


register_converter(QuarterNumber, "quarter")
register_converter(Year, "year")

app_name = "monitoring"
REPORT = "i/<slug:code>/<year:year>/t<quarter:quarter>/reporte"
urlpatterns = [
    # Asked for thousands of times in the last afternoon: found before the others.
    path(f"{REPORT}/dato", cell.cell, name="cell"),
    path("reporte", own_report.current_report, name="current_report"),
    path("reporte/<year:year>/t<quarter:quarter>", own_report.my_report, name="my_report"),
    path(REPORT, report.report, name="report"),
    path(f"{REPORT}/pegar", paste.paste, name="report_paste"),
    path(f"{REPORT}/enviar", submit.submit, name="report_submit"),
    path(f"{REPORT}/comprobante.pdf", receipt.receipt, name="report_receipt"),
    path(f"{REPORT}/responder", report_answer.answer, name="report_answer"),
    path(f"{REPORT}/asignar", report_assign.assign, name="report_assign"),
    path(f"{REPORT}/evidencia", evidence_drop.drop, name="report_evidence"),
    path(f"{REPORT}/evidencia/confirmar", evidence_drop.confirm, name="evidence_confirm"),
    path(f"{REPORT}/evidencia/<slug:key>", evidence_row.row_evidence, name="row_evidence"),
    path("evidencias", evidence_library.library, name="evidence_library"),
    path("evidencias/<int:pk>", evidence_file.evidence_file, name="evidence"),
    path("i/sin-conexion.js", offline.worker, name="offline_worker"),
    path(f"{REPORT}/prorroga", extensions.ask, name="extension"),
    path(f"{REPORT}/cambio/<slug:key>", change_asked.ask_change, name="change_asked"),
    path("calendario", calendar.calendar, name="calendar"),
    path("calendario/<year:year>/t<quarter:quarter>", calendar.deadline, name="deadline"),
    path("seguimiento", deliveries.follow_up, name="deliveries"),
    path(
        "seguimiento/<slug:code>/<year:year>/t<quarter:quarter>",
        extensions.decide,
        name="extension_decision",
    ),
    path("cambios", changes.changes, name="changes"),
    path("cambios/<int:pk>", changes.change, name="change"),
    path("cambios/<int:pk>/retirar", changes.withdraw, name="change_withdraw"),
    path("validar", review_queue.queue, name="review_queue"),
    path("validar/<int:report_id>", review.review, name="review"),
    path("validar/<int:report_id>/tomar", review_steps.take, name="review_take"),
    path("validar/<int:report_id>/abrir", review_steps.open_datum, name="review_open"),
    path("validar/<int:report_id>/cerrar", review_steps.finish, name="review_finish"),
    path("validar/<int:report_id>/<int:value_id>", decide.decide, name="value_decide"),
    path("observaciones", threads.threads_page, name="threads"),
    path("observaciones/<int:value_id>", comments.add, name="comment_add"),
]
