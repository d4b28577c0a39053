"""The papers of a plan: the official report, its workbook, its text, and the narrative."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.planning.papers import paper_of, printed_now
from sigpret.apps.planning.permissions import check_can_read_plan
from sigpret.apps.planning.queries.stored import stored_plan
from sigpret.apps.planning.queries.whole import WholePlan, whole_plan
from sigpret.documents.plan_narrative import plan_narrative_pdf
from sigpret.documents.plan_narrative_word import plan_narrative_docx
from sigpret.documents.plan_paper import PlanPaper
from sigpret.documents.plan_report import plan_report_pdf, plan_report_xlsx
from sigpret.intake.writers.report_text import UnprintableError, report_text
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, role_required

PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX, DOCX = f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document"


def asked_plan(request: HttpRequest, year: int, code: str) -> WholePlan:
    """The plan somebody may read. Raises Http404 and PermissionDenied."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(request.access, institution.pk)
    plan = whole_plan(institution, year)
    if plan is None:
        raise Http404(_("La institución no tiene plan de ese ejercicio."))
    return plan


def asked_paper(request: HttpRequest, year: int, code: str) -> PlanPaper:
    """What its papers say. Raises Http404 and PermissionDenied."""
    plan = asked_plan(request, year, code)
    return paper_of(plan, at=request.now, is_demo=settings.DEMO)


def sent(data: bytes, name: str, kind: str) -> HttpResponse:
    """A made file as a download; its name is ours, so it holds nothing to escape."""
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@role_required()
@read_only
def report_pdf(request: HttpRequest, year: int, code: str) -> HttpResponse:
    paper = asked_paper(request, year, code)
    return sent(plan_report_pdf(paper, written_at=request.now), f"poa-{year}-{code}.pdf", PDF)


@role_required()
@read_only
def report_xlsx(request: HttpRequest, year: int, code: str) -> HttpResponse:
    paper = asked_paper(request, year, code)
    data = plan_report_xlsx(paper, written_at=request.now)
    return sent(data, f"poa-{year}-{code}.xlsx", XLSX)


@role_required()
@read_only
def report_as_text(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The text our own reader reads back; what it cannot print is named instead."""
    plan = asked_plan(request, year, code)
    document = stored_plan(plan.institution, year).document
    if document is None:
        raise Http404
    try:
        data = report_text(printed_now(document, request.now))
    except UnprintableError as refusal:
        crumb = Crumb(f"POA {year} · {code}", reverse("planning:plan", args=[year, code]))
        context = {"plan": plan, "sentences": refusal.sentences, "crumbs": (crumb,)}
        return render(request, "planning/unprintable.html", context, status=409)
    return sent(data, f"R00822953-{year}-{code}.txt", "text/plain; charset=utf-8")


@role_required()
@read_only
def narrative_pdf(request: HttpRequest, year: int, code: str) -> HttpResponse:
    paper = asked_paper(request, year, code)
    data = plan_narrative_pdf(paper, written_at=request.now)
    return sent(data, f"poa-narrativo-{year}-{code}.pdf", PDF)


@role_required()
@read_only
def narrative_docx(request: HttpRequest, year: int, code: str) -> HttpResponse:
    paper = asked_paper(request, year, code)
    return sent(plan_narrative_docx(paper), f"poa-narrativo-{year}-{code}.docx", DOCX)
