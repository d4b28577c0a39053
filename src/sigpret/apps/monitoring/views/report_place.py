"""What the screens of a report share: finding it, its place, its filters, its deadline."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.monitoring.permissions import check_can_read_report
from sigpret.apps.monitoring.queries import ReportSheet, RoundFacts
from sigpret.apps.monitoring.queries.report import Programmed, programmed_for, written_sheet
from sigpret.apps.planning.queries import plan_sheet
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.web.components import Crumb
from sigpret.web.dates import period_words
from sigpret.web.navigation import address

SOON = timedelta(days=4)


def readable_sheet(
    request: HttpRequest, code: str, year: int, quarter: int
) -> tuple[Any, ReportSheet]:
    """The institution and its sheet. Raises Http404, and PermissionDenied with the sentence."""
    programmed = readable_programming(request, code, year, quarter)
    return programmed.institution, written_sheet(programmed)


def readable_programming(request: HttpRequest, code: str, year: int, quarter: int) -> Programmed:
    """What the sheet asks for, whatever is written in it. Raises as `readable_sheet`."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404(_("No hay una institución con ese código."))
    check_can_read_report(request.access, institution.pk)
    period = Period.quarter(year, quarter)
    return programmed_for(institution, period, policy_for(period))


def report_url(sheet: ReportSheet, name: str = "monitoring:report") -> str:
    """The address of a screen of this report."""
    return reverse(name, args=[sheet.institution_code, sheet.period.year, sheet.period.number])


def place_url(name: str, sheet: ReportSheet) -> str:
    """The same where another part of the product has the screen; empty when it is not there."""
    try:
        return report_url(sheet, name)
    except NoReverseMatch:
        return ""


def crumbs_of(sheet: ReportSheet, *after: Crumb) -> list[Crumb]:
    """Mis pendientes / Reporte del III trimestre de 2026 / …"""
    label = _("Reporte del %(period)s") % {"period": period_words(sheet.period)}
    home = Crumb(_("Mis pendientes"), address("pending"))
    return [home, Crumb(label, report_url(sheet) if after else ""), *after]


def is_under_review(sheet: ReportSheet) -> bool:
    """Has DIGER decided anything? Then only what it returns can be changed."""
    return any(row.cell.decided_at for row in sheet.rows)


def plan_url(sheet: ReportSheet) -> str:
    """The address of the year's plan; empty when it is not loaded yet."""
    has_plan = any(group.number for group in sheet.groups)
    if not has_plan:
        institution = institution_by_code(sheet.institution_code)
        has_plan = bool(institution and plan_sheet(institution, sheet.period.year))
    if has_plan:
        return reverse("planning:plan", args=[sheet.period.year, sheet.institution_code])
    return ""


def deadline_tone(round_: RoundFacts | None, at: datetime) -> str:
    """How pressing the deadline looks."""
    if round_ is None or not round_.accepts_at(at):
        return "neutral"
    return "warning" if round_.deadline - at <= SOON else "info"
