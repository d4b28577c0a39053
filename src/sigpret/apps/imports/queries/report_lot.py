"""A report as a workbook, and what an uploaded one would change in it."""

from __future__ import annotations

from sigpret.apps.imports.queries.lots import LotFacts
from sigpret.apps.imports.workbooks.report_in import ReportLot
from sigpret.apps.imports.workbooks.report_out import NotDue
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.queries import ReportSheet, report_sheet
from sigpret.apps.monitoring.queries.subjects import subjects_of
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period


def sheet_of(institution: Institution, period: Period) -> ReportSheet:
    """The report as it stands now, judged by the policy of its quarter."""
    return report_sheet(institution=institution, period=period, policy=policy_for(period))


def not_due_of(institution: Institution, sheet: ReportSheet) -> tuple[NotDue, ...]:
    """What the institution reports in other quarters of the year."""
    listed = {row.key for row in sheet.rows}
    return tuple(
        NotDue(key, subject.code, subject.name, subject.unit, subject.periodicity)
        for subject in subjects_of(institution, sheet.period)
        if (key := f"{subject.kind}-{subject.id}") not in listed
    )


def report_lot(facts: LotFacts) -> ReportLot:
    """The lot beside the report as it stands now. The lot is one of a report."""
    institution, period = report_place(facts)
    sheet = sheet_of(institution, period)
    rest = not_due_of(institution, sheet)
    return ReportLot(
        sheet=sheet,
        not_due={one.key: f"{one.code} {one.name}" for one in rest},
        content=facts.content,
        corrections=facts.corrections,
        decisions=facts.decisions,
    )


def report_place(facts: LotFacts) -> tuple[Institution, Period]:
    """Whose report and of which quarter: every lot of a report says both."""
    if facts.institution is None or facts.period is None:
        raise ValueError("a report lot has its institution and its period")
    return facts.institution, facts.period
