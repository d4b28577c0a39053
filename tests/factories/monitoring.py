"""Rounds and reports for tests."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound

TEGUCIGALPA = ZoneInfo("America/Tegucigalpa")


def make_round(period: str = "2026-Q3", **fields) -> ReportingRound:
    fields.setdefault("opens_on", date(2026, 10, 1))
    fields.setdefault("closes_at", datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA))
    return ReportingRound.objects.create(period=period, **fields)


def make_report(institution: Institution, round_: ReportingRound | None = None, **fields):
    return ProgressReport.objects.create(
        institution=institution, round=round_ or make_round(), **fields
    )


def make_value(report: ProgressReport, value: str | None, **fields) -> ReportedValue:
    """A value of a product or an indicator (say which in `fields`)."""
    return ReportedValue.objects.create(
        report=report,
        period=report.round.period,
        value=None if value is None else Decimal(value),
        **fields,
    )
