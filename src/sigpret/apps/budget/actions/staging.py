"""The rows of a file of execution go to the staging table: by COPY, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from sigpret.apps.budget.models import ExecutionImport
from sigpret.apps.evidence import storage
from sigpret.intake.execution.keys import unpadded
from sigpret.intake.execution.reading import Rows
from sigpret.intake.execution.rows import Order, columns_of

#: Bytes of one COPY; how far it got is said after each.
AT_ONCE = 4 * 1024 * 1024


class NotReadingError(Exception):
    """The import was put away while its file was being read."""


def stage_file(row: ExecutionImport) -> dict[str, Any]:
    """Read the file of an import into `budget_staged_row`, from nothing; the reader's summary.

    Each block is its own transaction and says how far it got: what waits here is nobody's budget
    yet. Raises ExecutionFileError, OSError when the file is not there, and NotReadingError when
    somebody put the import away meanwhile: then nothing of it stays.
    """
    forget_staged(row.pk)
    layout = row.columns["layout"]
    order = order_of(row)
    statement = f"COPY budget_staged_row ({', '.join(columns_of(order.mapping))}) FROM STDIN"
    with storage.opened(row.file.sha256) as file:
        rows = Rows(file, layout, order)
        done = 0
        for blocks in batches(iter(rows)):
            done += copy_blocks(statement, blocks)
            say_how_far(row, done)
        return rows.summary


def say_how_far(row: ExecutionImport, done: int) -> None:
    reading = ExecutionImport.objects.filter(
        pk=row.pk, state=ExecutionImport.State.READING, version=row.version
    )
    if not reading.update(rows_read=done):
        forget_staged(row.pk)
        raise NotReadingError


def order_of(row: ExecutionImport) -> Order:
    """How the child reads the file of an import."""
    columns = row.columns
    return Order(
        import_id=row.pk,
        year=row.fiscal_year,
        period="" if says_its_period(row) else row.period,
        institution="" if row.institution is None else unpadded(row.institution.code),
        mark=columns["mark"],
        mapping=columns["mapping"],
        headers=tuple(columns["layout"]["headers"]),
    )


def says_its_period(row: ExecutionImport) -> bool:
    """Is it a file of the whole year, each of whose rows says its month or quarter?"""
    return row.period == str(row.fiscal_year)


def batches(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The blocks, some megabytes together."""
    held: list[bytes] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size >= AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held


@transaction.atomic
def copy_blocks(statement: str, blocks: list[bytes]) -> int:
    """One COPY; how many rows it brought."""
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in blocks:
                copy.write(block)
        return int(cursor.rowcount)


def forget_staged(import_id: int) -> None:
    """What waits of an import goes away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM budget_staged_row WHERE import_id = %s", [import_id])
