"""Closing a quarter, beside reading the same rows and copying as many snapshots."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.approve_path import check_is_durable
from bench.framework import REPORTED, framework_database, somebody
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import canonical
from sigpret.apps.evaluation.queries.cut import grade_snapshots
from sigpret.apps.monitoring.actions import seal_round, validate_values
from sigpret.apps.monitoring.models import ReportedValue, ReportingRound, Snapshot
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.demonstration.quarters import NOW

BUDGET = 4.0
COLUMNS = ("round_id", "edition", "kind", "subject_id", "code", "level", "slug", "payload")

# All that reads, however it was written: a statement of our own begins with a line break, and
# what is read in chunks is the query of a cursor. The rows must be the same ones on both sides;
# only the figures already stored, which closing reads to write none of them twice, are its own.
READ = re.compile(r"\s*(?:DECLARE .* CURSOR FOR )?(?P<statement>SELECT\b.*)", re.DOTALL)
STORED_FIGURES = re.compile(r'FROM "monitoring_(indicator|goal)achievement"')


def measure() -> list[Measurement]:
    """Evaluate and snapshot the quarter; both sides are undone before the next turn."""
    framework_database(name="closing")
    check_is_durable()
    validate_everything()
    statements, rows = what_closing_does()
    closing, copying = interleaved_medians(
        lambda: undone(seal), lambda: undone(lambda: read_and_copy(statements, rows)), runs=7
    )
    note = (
        f"{len(rows):,} snapshots: {closing * 1000:.0f} ms against {copying * 1000:.0f} ms of "
        f"{len(statements)} reads and a COPY"
    )
    return [Measurement("close_quarter", closing / copying, BUDGET, note)]


def validate_everything() -> None:
    actor, access = somebody(Role.ANALYST)
    waiting = ReportedValue.objects.filter(state=ReportState.SUBMITTED).order_by("report", "pk")
    ids = list(waiting.values_list("pk", flat=True))
    if ids:
        validate_values(actor=actor, access=access, value_ids=ids, at=NOW)


def seal() -> None:
    held = ReportingRound.objects.select_for_update().get(period=REPORTED.code)
    seal_round(
        held=held, closed_by=None, at=NOW + timedelta(days=10), more_snapshots=grade_snapshots
    )


def undone(action: Callable[[], object]) -> None:
    with transaction.atomic():
        action()
        transaction.set_rollback(True)


def what_closing_does() -> tuple[list[str], list[tuple[Any, ...]]]:
    """The statements with which closing reads, and the snapshots it writes."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            seal()
        made = Snapshot.objects.filter(round__period=REPORTED.code).values_list(*COLUMNS)
        rows = [(*row[:-1], canonical(row[-1])) for row in made]
        transaction.set_rollback(True)
    found = (READ.match(query["sql"]) for query in captured.captured_queries)
    reads = [one["statement"] for one in found if one]
    return [sql for sql in reads if not STORED_FIGURES.search(sql)], rows


def read_and_copy(statements: list[str], rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql.replace("%", "%%"), [])
            cursor.fetchall()
        with cursor.copy(f"COPY monitoring_snapshot ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
