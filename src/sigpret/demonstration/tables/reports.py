"""Rounds, reports and values."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.demonstration.rows import Country, ReportRow, ValueRow

#: The digest of a closing that published nothing.
NO_SNAPSHOTS = sha256(b"").hexdigest()
VALUE_FIELDS = (
    "report", "period", "product", "indicator", "value", "state", "cause_category", "cause",
    "observation", "reported_by", "reported_at", "decided_by", "decided_at", "version",
    "decided_version", "has_no_denominator",
)  # fmt: skip


def store_rounds(country: Country) -> dict[str, int]:
    """Every round as it was while it was open; the closings come later."""
    stored = ReportingRound.objects.bulk_create(
        ReportingRound(period=row.period, opens_on=row.opens_on, closes_at=row.closes_at)
        for row in country.rounds
    )
    return {held.period: held.pk for held in stored}


def store_reports(
    country: Country,
    institutions: Mapping[str, int],
    people: Mapping[str, User],
    products: Mapping[str, int],
    indicators: Mapping[str, int],
) -> None:
    """The reports of every round with their values, and the record of what was corrected."""
    rounds = store_rounds(country)
    stored = ProgressReport.objects.bulk_create(
        (
            ProgressReport(
                institution_id=institutions[row.institution],
                round_id=rounds[row.period],
                state=row.state,
                submitted_at=row.submitted_at,
                submitted_by=people[row.reported_by] if row.submitted_at else None,
                prepared_at=row.prepared_at,
                prepared_by=people[row.reported_by] if row.prepared_at else None,
                receipt=receipt_of(row) if row.submitted_at else "",
            )
            for row in country.reports
        ),
        batch_size=5_000,
    )
    reports = list(zip(country.reports, stored, strict=True))
    copy_rows(
        ReportedValue,
        VALUE_FIELDS,
        (
            columns(value, row, report.pk, people, products, indicators)
            for row, report in reports
            for value in row.values
        ),
    )
    for row, report in reports:
        for value in row.values:
            if value.replaced is not None:
                record_correction(value, row, report.pk, people[row.reported_by])


def receipt_of(row: ReportRow) -> str:
    """The number of the only time it was sent."""
    year, quarter = row.period.split("-Q")
    return f"{row.institution}-{year}-T{quarter}-1"


def columns(
    value: ValueRow,
    row: ReportRow,
    report_id: int,
    people: Mapping[str, User],
    products: Mapping[str, int],
    indicators: Mapping[str, int],
) -> tuple[Any, ...]:
    return (
        report_id,
        row.period,
        products.get(value.product or ""),
        indicators.get(value.goal or ""),
        value.value,
        value.state,
        value.cause_category,
        value.cause,
        value.observation,
        people[row.reported_by].pk,
        value.reported_at,
        people[value.decided_by].pk if value.decided_by else None,
        value.decided_at,
        value.version,
        value.version if value.decided_at else None,
        value.has_no_denominator,
    )


def record_correction(value: ValueRow, row: ReportRow, report_id: int, author: User) -> None:
    """The trace a correction left in the chain of events."""
    record(
        actor=author,
        action="monitoring.value_saved",
        subject_type="progress_report",
        subject_id=report_id,
        payload={
            "period": row.period,
            "subject": value.goal or value.product,
            "old": {"value": str(value.replaced)},
            "new": {"value": str(value.value)},
        },
    )


def close_without_snapshots(past: Iterable[tuple[str, datetime]]) -> None:
    """Shut old rounds of a country that is only there to be measured."""
    for period, closed_at in past:
        ReportingRound.objects.filter(period=period).update(
            state=ReportingRound.State.CLOSED, closed_at=closed_at, digest=NO_SNAPSHOTS
        )
