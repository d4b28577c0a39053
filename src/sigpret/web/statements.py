"""Several statements that travel to the database in one message.

Each one sees what those before it did, or waited for, as if they had been sent one by one: what
is saved is the way there and back, which costs more than most of them. They are written out
where a save is repeated thousands of times in an afternoon, because composing them would take
longer than answering them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, models

Row = tuple[Any, ...]
Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with a `%s` for each of its values."""

    sql: str
    values: Sequence[Any] = ()


def send(*statements: Statement) -> list[list[Row]]:
    """What each statement answered, in their order; nothing where it answers nothing.

    When one fails all fail: call it inside a transaction.
    """
    text = ";\n".join(one.sql for one in statements)
    with connection.cursor() as cursor:
        cursor.execute(text, [value for one in statements for value in one.values])
        answers = [rows_in(cursor)]
        while cursor.nextset():
            answers.append(rows_in(cursor))
        return answers


def send_last(*statements: Statement) -> list[list[Row]]:
    """Send what ends a transaction, and COMMIT with it: whoever waits for what the last statement
    holds waits for the database only, not for this process to be given the processor again.

    Nothing may be written after it. Inside another transaction the outer one commits.
    """
    ends = connection.in_atomic_block and not connection.savepoint_ids
    return send(*statements, *([Statement("COMMIT")] if ends else []))


def rows_in(cursor: Any) -> list[Row]:
    # Asking for its description would describe every column.
    return cursor.fetchall() if cursor.pgresult.nfields else []


def columns_of(model: type[models.Model], alias: str) -> str:
    """Every column of a table, in the order `records_in` reads them."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def records_in(model: type[Record], rows: Iterable[Row]) -> list[Record]:
    """Rows of `columns_of` as the objects they are; what follows in a row is left out."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [model.from_db(connection.alias, names, row[: len(names)]) for row in rows]
