"""A file of execution comes in: looked at, told how to be read, put away. Nothing is stored yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.budget.actions.staging import forget_staged, says_its_period
from sigpret.apps.budget.execution_queue import queue_reading
from sigpret.apps.budget.models import ColumnMapping, ExecutionImport, RefusedRow
from sigpret.apps.budget.permissions import check_can_bring_execution
from sigpret.apps.evidence.actions.documents import keep_large_file
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.intake.execution.columns import FIELDS, PERIOD, headers_digest, missing
from sigpret.intake.execution.reading import ExecutionFileError, look_at

State = ExecutionImport.State
#: In these its columns may be pointed out, or pointed out again.
POINTABLE = frozenset({State.MAPPING, State.REVIEW, State.FAILED})
#: While it is in one of these, the same file is that import and not another.
OPEN = (State.MAPPING, State.READING, State.REVIEW, State.APPLYING)
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Brought:
    """The import a file became; `is_known` when the same file was already on its way."""

    import_id: int
    is_known: bool


class MovedOnError(Exception):
    """Somebody else, or the work in the background, took the import to another state."""

    def __init__(self) -> None:
        super().__init__(_("La importación cambió mientras usted la veía. Mire cómo quedó."))


class BusyError(MovedOnError):
    """The work in the background holds the import."""

    def __init__(self) -> None:
        Exception.__init__(
            self, _("El sistema trabaja con este archivo en este momento. Espere a que termine.")
        )


class MissingColumnsError(Exception):
    """The columns pointed out are not enough, or one stands for two things."""


def bring_execution(
    *,
    actor: User,
    access: Access,
    institution: Institution | None,
    fiscal_year: int,
    period: str,
    is_cumulative: bool,
    file: BinaryIO,
    file_name: str,
    at: datetime,
) -> Brought:
    """Keep a file and look at its head. `institution` None: of the whole country. `period` is an
    SDMX code, or the year alone when each row says its own.

    Read in the background when its columns and its decimal mark are recognised; otherwise somebody
    is asked. Raises PermissionDenied and ExecutionFileError with the sentence.
    """
    check_can_bring_execution(access, None if institution is None else institution.pk)
    file.seek(0)
    layout = look_at(file)
    stored = keep_large_file(file, MEDIA_TYPES[layout["kind"]], at=at)
    is_cumulative = is_cumulative and period != str(fiscal_year)
    same = ExecutionImport.objects.filter(
        institution=institution,
        fiscal_year=fiscal_year,
        period=period,
        is_cumulative=is_cumulative,
        file=stored,
    )
    if known := same.filter(state__in=OPEN).first():
        return Brought(known.pk, is_known=True)
    row = ExecutionImport(
        institution=institution,
        fiscal_year=fiscal_year,
        period=period,
        file=stored,
        file_name=file_name[-LONGEST_NAME:],
        is_cumulative=is_cumulative,
        columns=columns_of(layout),
        state=State.MAPPING,
        sent_by=actor,
        sent_at=at,
    )
    return begin(row, actor)


@transaction.atomic
def begin(row: ExecutionImport, actor: User) -> Brought:
    """Store it, and read it when nothing is left to ask."""
    if not what_lacks(row):
        row.state = State.READING
    row.save()
    if row.state == State.READING:
        queue_reading(row.pk)
    record(
        actor=actor,
        action="budget.execution_brought",
        subject_type="execution_import",
        subject_id=row.pk,
        payload=facts_of(row),
    )
    return Brought(row.pk, is_known=False)


def columns_of(layout: dict[str, Any]) -> dict[str, Any]:
    """How the file will be read: as it is recognised. What somebody said before is proposed by the
    screen (`queries.columns`) and nobody's choice until somebody confirms it."""
    return {
        "layout": layout,
        "mapping": layout["mapping"],
        "mark": layout["mark"],
        "digest": headers_digest(layout["headers"]),
    }


def what_lacks(row: ExecutionImport) -> tuple[str, ...]:
    """The fields still to be pointed out; `mark` is the decimal mark."""
    mapping = row.columns["mapping"]
    lacking = missing(mapping)
    if says_its_period(row) and PERIOD not in mapping:
        lacking = (*lacking, PERIOD)
    return lacking if row.columns["mark"] else (*lacking, "mark")


@transaction.atomic
def point_columns(
    *,
    actor: User,
    access: Access,
    import_id: int,
    mapping: Mapping[str, int],
    mark: str,
    expected_version: int,
    at: datetime,
) -> None:
    """Say which column is which and which the decimal mark; remembered for the same headers of
    the same institution, or of the whole country when the file is.

    `mapping` goes from field to place of the column, from 0. Reads the file in the background,
    again when it was read or failed. Raises MissingColumnsError, MovedOnError and PermissionDenied.
    """
    row = locked_import(access, import_id)
    if row.state not in POINTABLE or row.version != expected_version:
        raise MovedOnError
    check_columns(row, mapping)
    row.columns = {**row.columns, "mapping": dict(mapping), "mark": mark}
    if lacking := what_lacks(row):
        raise MissingColumnsError(", ".join(lacking))
    ColumnMapping.objects.update_or_create(
        institution=row.institution,
        headers_digest=row.columns["digest"],
        defaults={
            "name": row.file_name[:200],
            "columns": {"mapping": dict(mapping), "mark": mark},
            "saved_by": actor,
            "saved_at": at,
        },
    )
    read_again(row)
    record(
        actor=actor,
        action="budget.execution_columns_pointed",
        subject_type="execution_import",
        subject_id=row.pk,
        payload={"mapping": dict(mapping), "mark": mark},
    )


def check_columns(row: ExecutionImport, mapping: Mapping[str, int]) -> None:
    width = len(row.columns["layout"]["headers"])
    if not set(mapping) <= set(FIELDS) or not all(0 <= at < width for at in mapping.values()):
        raise MissingColumnsError(_("Una de las columnas no existe en el archivo."))
    if len(set(mapping.values())) < len(mapping):
        raise MissingColumnsError(_("Señaló la misma columna para dos cosas."))


def read_again(row: ExecutionImport) -> None:
    """To the background: from nothing."""
    row.state = State.READING
    row.rows_read = row.rows_refused = 0
    row.problem = ""
    row.version += 1
    row.save()
    queue_reading(row.pk)


@transaction.atomic
def discard_execution(*, actor: User, access: Access, import_id: int, at: datetime) -> bool:
    """Put an import away without storing anything; False when it was already. The file stays.

    One that waits to be stored goes too: whoever should store it may be gone. Raises MovedOnError
    of one that is stored, BusyError of one being read or stored this moment, and PermissionDenied.
    """
    try:
        row = locked_import(access, import_id, waits=False)
    except OperationalError as problem:
        raise BusyError from problem
    if row.state == State.DISCARDED:
        return False
    if row.state == State.APPLIED:
        raise MovedOnError
    row.state = State.DISCARDED
    row.version += 1
    row.save()
    forget_staged(row.pk)
    RefusedRow.objects.filter(execution_import=row).delete()
    record(
        actor=actor,
        action="budget.execution_discarded",
        subject_type="execution_import",
        subject_id=row.pk,
        payload=facts_of(row),
    )
    return True


def locked_import(access: Access, import_id: int, *, waits: bool = True) -> ExecutionImport:
    """The import, held until the end of the transaction. Raises PermissionDenied, DoesNotExist;
    and OperationalError when somebody else holds it and this one does not wait."""
    rows = ExecutionImport.objects.select_for_update(of=("self",), nowait=not waits)
    row = rows.select_related("institution", "file").get(pk=import_id)
    check_can_bring_execution(access, row.institution_id)
    return row


def facts_of(row: ExecutionImport) -> dict[str, Any]:
    """What an event says of an import."""
    return {
        "institution": row.institution_id,
        "fiscal_year": row.fiscal_year,
        "period": row.period,
        "file": row.file_name,
        "sha256": row.file.sha256,
    }


@transaction.atomic
def give_up(import_id: int) -> None:
    """The last try to read or to store it ended in an error: nothing was stored, and it says so.

    Nothing when it waits for neither.
    """
    row = ExecutionImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if row.state == State.READING:
        row.problem = _("El sistema no pudo leer el archivo.")
    elif row.state == State.APPLYING:
        row.problem = _("El sistema no pudo guardar las filas y no guardó ninguna.")
    else:
        return
    row.state, row.version = State.FAILED, row.version + 1
    row.save()
    forget_staged(row.pk)


__all__ = [
    "Brought",
    "BusyError",
    "ExecutionFileError",
    "MissingColumnsError",
    "MovedOnError",
    "bring_execution",
    "discard_execution",
    "point_columns",
]
