"""The second long step of an import, as the worker runs it: what waits becomes budget."""

from __future__ import annotations

from datetime import datetime
from json import dumps
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import record
from sigpret.apps.budget.actions.counting import look_at_rows, waiting
from sigpret.apps.budget.actions.execution_files import State, facts_of, read_again
from sigpret.apps.budget.actions.execution_work import (
    count_what_waits,
    say_what_it_would_do,
    to_review,
    until_of,
)
from sigpret.apps.budget.actions.judging import refuse_new, refuse_wrong, set_aside
from sigpret.apps.budget.actions.keys import found, judge_keys, room_to_work
from sigpret.apps.budget.actions.staging import forget_staged
from sigpret.apps.budget.actions.storing import (
    create_categories,
    create_classifiers,
    store_lines,
    store_periods,
)
from sigpret.apps.budget.models import ExecutionImport
from sigpret.apps.institutions.queries import Access, access_of

#: Two imports never store at once: each sees what the other left.
ONE_AT_A_TIME = 5_114_280


@transaction.atomic
def store_import(import_id: int, *, actor_id: int, at: datetime) -> None:
    """Store what waits of an import, all or nothing; what is stored already is not written again.
    `actor_id` is whoever ordered it.

    Nothing when it is not waiting for this. Rows that were lost with a crash are read again. When
    the budget moved since they were judged, and it would leave out, overwrite or create what
    nobody saw, it goes back to review with a sentence.
    """
    rows = ExecutionImport.objects.select_for_update(of=("self",))
    row = rows.select_related("file").get(pk=import_id)
    if row.state != State.APPLYING:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    expected = row.rows_new + row.rows_changed + row.rows_same
    if waiting(row.pk) != expected:
        read_again(row)
        return
    actor = User.objects.get(pk=actor_id)
    room_to_work()
    judge_keys(row.pk, row.fiscal_year, until=until_of(row))
    if is_another_now(row):
        to_review(row, moved())
        record_step(actor, row, "budget.execution_judged_again", {})
        return
    written = store_waiting(row, access_of(actor, on=at.date()))
    row.state, row.applied_at = State.APPLIED, at
    row.version += 1
    row.save()
    forget_staged(row.pk)
    record_step(actor, row, "budget.execution_stored", written)


def moved() -> str:
    return _(
        "Mientras usted revisaba, el presupuesto de estas claves cambió. Las filas se juzgaron "
        "otra vez."
    )


def record_step(actor: User, row: ExecutionImport, action: str, more: dict[str, int]) -> None:
    record(
        actor=actor,
        action=action,
        subject_type="execution_import",
        subject_id=row.pk,
        payload=facts_of(row) | more | {"refused": row.rows_refused},
    )


def is_another_now(row: ExecutionImport) -> bool:
    """Judge the rows again beside what was stored since; is it not what somebody accepted?

    Fewer rows to write are no news: somebody else stored the same.
    """
    keys = found()
    if not (keys.some_line or keys.some_lost or keys.some_new):
        return False
    seen, changed = codes_in(row), row.rows_changed
    mapping, looked = row.columns["mapping"], look_at_rows(row.pk)
    refused = refuse_wrong(row.pk, mapping, looked, is_cumulative=row.is_cumulative)
    if refused:
        row.rows_refused += set_aside(row.pk)
    say_what_it_would_do(row, row.new_codes.get("names", {}))
    return bool(refused) or row.rows_changed > changed or not codes_in(row) <= seen


def codes_in(row: ExecutionImport) -> set[tuple[str, str]]:
    """The codes that no catalogue knows, each with its kind."""
    new: dict[str, Any] = row.new_codes.get("new", {})
    return {(kind, code) for kind, said in new.items() for code, *_rest in said["codes"]}


def store_waiting(row: ExecutionImport, access: Access) -> dict[str, int]:
    """Create what was accepted and store; how many codes, lines and periods were written."""
    mapping, some_there = row.columns["mapping"], found().some_line
    created = create_accepted(row, access) if found().some_new else 0
    lines = store_lines(row.pk, row.fiscal_year, mapping, some_there=some_there)
    periods = store_periods(row.pk, mapping, is_cumulative=row.is_cumulative, some_there=some_there)
    return {"codes": created, "lines": lines, "periods": periods}


def create_accepted(row: ExecutionImport, access: Access) -> int:
    """What was accepted is created; the rows of what was not are refused."""
    names = row.new_codes.get("names", {})
    creates = row.accepts_new_codes
    # Classifiers are the whole country's: an institution does not add to them.
    of_country = creates and access.has(Role.ADMINISTRATOR)
    if refuse_new(row.pk, categories=creates, classifiers=of_country):
        row.rows_refused += set_aside(row.pk)
        count_what_waits(row)
    created, said, until = 0, dumps(names, ensure_ascii=False), until_of(row)
    if of_country and (made := create_classifiers(said, source_of(row))):
        created += made
        judge_keys(row.pk, row.fiscal_year, until=until)
    if creates:
        created += create_categories(row.pk, row.fiscal_year, said, until=until)
    return created


def source_of(row: ExecutionImport) -> str:
    """Where a code came from."""
    return _("Archivo de ejecución %(name)s") % {"name": row.file_name[:250]}
