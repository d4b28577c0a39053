"""Everything around the table of the report: filters, notice, panel, places to go."""

from typing import Any

from django.http import HttpRequest

from sigpret.apps.accounts.roles import INSTITUTION_ROLES
from sigpret.apps.institutions.queries import people_of
from sigpret.apps.monitoring.queries import ReportSheet, Thread, thread_of
from sigpret.apps.monitoring.queries.evidence import SheetEvidence
from sigpret.apps.monitoring.views.evidence_lines import drop_context
from sigpret.apps.monitoring.views.report_filters import chips_of
from sigpret.apps.monitoring.views.report_notice import notice_of
from sigpret.apps.monitoring.views.report_page import ReportPage
from sigpret.apps.monitoring.views.report_place import (
    crumbs_of,
    deadline_tone,
    place_url,
    plan_url,
    report_url,
)
from sigpret.web.http import is_fragment
from sigpret.web.navigation import address


def report_context(
    request: HttpRequest, page: ReportPage, evidence: SheetEvidence
) -> dict[str, Any]:
    """What the page and its fragments show beside the rows."""
    sheet = page.sheet
    # A fragment leaves the rest of the page as it is filtered.
    shown = request.GET.get("ver", "") if is_fragment(request) else page.shown
    return {
        "page": page,
        "sheet": sheet,
        "crumbs": crumbs_of(sheet),
        "chips": chips_of(sheet, page.seen, report_url(sheet), shown) if page.is_open else [],
        "notice": notice_of(page, request.now),
        "plan_url": plan_url(sheet),
        "deadline_tone": deadline_tone(sheet.round, request.now),
        "evidence": evidence,
        "thread": thread_in(request, page),
        "comment_next": f"{report_url(sheet)}?dato={page.selected.row.key}"
        if page.selected
        else "",
        "colleagues": colleagues_of(request, page),
        **addresses_of(sheet),
        "import_url": address("imports:start") if page.may_write else "",
        **drop_context(sheet, request.now),
    }


def addresses_of(sheet: ReportSheet) -> dict[str, str]:
    """The screens around this one; empty where another part of the product is not there."""
    return {
        "report_path": report_url(sheet),
        "paste_url": report_url(sheet, "monitoring:report_paste"),
        "answer_url": report_url(sheet, "monitoring:report_answer"),
        "assign_url": report_url(sheet, "monitoring:report_assign"),
        "download_url": place_url("imports:report_workbook", sheet),
        "upload_url": place_url("imports:report_upload", sheet),
    }


def thread_in(request: HttpRequest, page: ReportPage) -> Thread | None:
    """The conversation about the row that is open."""
    value_id = page.selected.row.cell.id if page.selected else None
    if value_id is None:
        return None
    return thread_of(value_id, access=request.access, on=request.as_of)


def colleagues_of(request: HttpRequest, page: ReportPage) -> list[Any]:
    """With whom a row can be left; nobody when there is nobody else."""
    if not page.is_editable:
        return []
    people = people_of(page.sheet.institution_id, *INSTITUTION_ROLES, on=request.as_of)
    return list(people) if len(people) > 1 else []
