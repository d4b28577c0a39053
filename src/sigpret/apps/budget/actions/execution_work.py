"""The first long step of an import, as the worker runs it, and the order to store it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.budget.actions.counting import (
    Looked,
    count_rows,
    look_at_rows,
    new_codes,
)
from sigpret.apps.budget.actions.execution_files import (
    MovedOnError,
    State,
    facts_of,
    locked_import,
)
from sigpret.apps.budget.actions.judging import refuse_repeated, refuse_wrong, set_aside
from sigpret.apps.budget.actions.keys import asked_of, judge_keys, room_to_work
from sigpret.apps.budget.actions.staging import (
    NotReadingError,
    forget_staged,
    stage_file,
)
from sigpret.apps.budget.execution_queue import queue_storing
from sigpret.apps.budget.models import ExecutionImport, RefusedRow
from sigpret.apps.institutions.queries import Access
from sigpret.intake.execution.reading import ExecutionFileError


class TotalsDifferError(Exception):
    """The file's own total is not the sum of its rows, and nobody said that it may be stored."""

    def __init__(self) -> None:
        super().__init__(
            _("El total del archivo no es la suma de sus filas. Corríjalo, o marque que lo acepta.")
        )


def read_import(import_id: int) -> None:
    """Read the file of an import to the staging table and judge its rows; then it is in review.

    Nothing of it when it is no longer to be read. A file that cannot be read says why.
    """
    row = ExecutionImport.objects.select_related("institution", "file").get(pk=import_id)
    if row.state != State.READING:
        return
    try:
        summary = stage_file(row)
    except NotReadingError:
        return
    except (ExecutionFileError, OSError) as problem:
        fail(row, str(problem))
        return
    judge_import(import_id, row.version, summary)


def fail(row: ExecutionImport, problem: str) -> None:
    forget_staged(row.pk)
    ExecutionImport.objects.filter(pk=row.pk, state=State.READING, version=row.version).update(
        state=State.FAILED, problem=problem, version=row.version + 1
    )


@transaction.atomic
def judge_import(import_id: int, version: int, summary: dict[str, Any]) -> None:
    """Refuse what is wrong, count the rest and say it. `summary` is the reader's."""
    row = ExecutionImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if row.state != State.READING or row.version != version:
        if row.state == State.DISCARDED:
            forget_staged(row.pk)
        return
    room_to_work()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE budget_staged_row (import_id, key)")
    RefusedRow.objects.filter(execution_import=row).delete()
    looked = look_at_rows(row.pk)
    row.totals = totals_of(looked, summary)
    judge_keys(row.pk, row.fiscal_year, until=until_of(row))
    refused = summary["refused"] + refuse_repeated(row.pk)
    refused += refuse_wrong(row.pk, row.columns["mapping"], looked, is_cumulative=row.is_cumulative)
    row.rows_read = summary["rows"]
    row.rows_refused = set_aside(row.pk) if refused else 0
    say_what_it_would_do(row, summary["names"])
    to_review(row, "")


def until_of(row: ExecutionImport) -> str:
    """The period up to which its amounts come added up; empty when they are of the period."""
    return row.period if row.is_cumulative else ""


def say_what_it_would_do(row: ExecutionImport, names: dict[str, Any]) -> None:
    """Count its rows and its new codes; `names` is what the file calls each code."""
    row.new_codes = {"names": names, "new": new_codes(names)}
    count_what_waits(row)


def count_what_waits(row: ExecutionImport) -> None:
    row.rows_new, row.rows_changed, row.rows_same = count_rows(
        row.pk, row.columns["mapping"], is_cumulative=row.is_cumulative
    )


def to_review(row: ExecutionImport, problem: str) -> None:
    """It waits for somebody's word; failed when there is nothing left to say it about."""
    row.state, row.problem = State.REVIEW, problem
    if not row.rows_new + row.rows_changed + row.rows_same:
        row.state, row.problem = State.FAILED, f"{problem} {nothing_left(row)}".strip()
    row.version += 1
    row.save()


def nothing_left(row: ExecutionImport) -> str:
    """The sentence of a file none of whose rows can be stored: the reason of most of them."""
    if not row.rows_refused:
        return _("El archivo no trae ninguna fila con clave presupuestaria.")
    reasons = asked_of(
        "SELECT reason, count(*) FROM budget_refusedrow WHERE execution_import_id = %(import)s"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
        {"import": row.pk},
    )
    return _("Ninguna fila se puede guardar. La razón más frecuente: %(reason)s.") % {
        "reason": reasons[0][0]
    }


def totals_of(looked: Looked, summary: dict[str, Any]) -> dict[str, Any]:
    """The sums of the rows that were understood, and what the file declares, amounts as text.

    Sums count what is refused later too: they are compared with the file, not with the budget.
    """
    return {
        "rows": looked.sums,
        "declared": summary["totals"],
        "line": summary["totals_line"],
    }


@transaction.atomic
def order_storing(
    *,
    actor: User,
    access: Access,
    import_id: int,
    accepts_new_codes: bool,
    accepts_totals: bool,
    expected_version: int,
    at: datetime,
) -> bool:
    """Store what waits, in the background; False when it was asked for already.

    `accepts_new_codes`: create the categories, and with an administrator's hand the classifiers,
    that no catalogue knows; otherwise their rows are refused. Raises TotalsDifferError,
    MovedOnError and PermissionDenied.
    """
    row = locked_import(access, import_id)
    if row.state in {State.APPLYING, State.APPLIED}:
        return False
    if row.state != State.REVIEW or row.version != expected_version:
        raise MovedOnError
    if differences(row.totals) and not accepts_totals:
        raise TotalsDifferError
    row.state, row.problem = State.APPLYING, ""
    row.accepts_new_codes = accepts_new_codes
    row.version += 1
    row.save()
    queue_storing(row.pk, actor.pk)
    record(
        actor=actor,
        action="budget.execution_accepted",
        subject_type="execution_import",
        subject_id=row.pk,
        payload=facts_of(row) | {"new_codes": accepts_new_codes, "totals": accepts_totals},
    )
    return True


def differences(totals: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What the file declares and its rows add up to, where they differ, by amount."""
    rows = totals.get("rows", {})
    found = {}
    for name, declared in totals.get("declared", {}).items():
        added = rows.get(name)
        if added is not None and _cents(added) != _cents(declared):
            found[name] = (declared, added)
    return found


def _cents(text: str) -> int:
    whole, _point, decimals = text.partition(".")
    sign = -1 if text.startswith("-") else 1
    return int(whole) * 100 + sign * int(f"{decimals:0<2}"[:2] or 0)
