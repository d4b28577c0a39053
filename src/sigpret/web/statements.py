"""Several statements that travel to the database in one message.

Each one sees what those before it did, or waited for, as if they had been sent one by one: what
is saved is the way there and back, which costs more than most of them. They are written out
where a save is repeated thousands of times in an afternoon, because composing them would take
longer than answering them. For the same reason a `Repeated` one is planned once a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection, models

Row = tuple[Any, ...]
Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with a `%s` for each of its values."""

    sql: str
    values: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Repeated(Statement):
    """One that reads or writes rows and is sent over and over: each connection plans it once.

    Its text must be one of a few: every connection keeps them all until it ends.
    """


# What each connection has planned: the name of a statement by its text.
PLANNED: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def send(*statements: Statement) -> list[list[Row]]:
    """What each statement answered, in their order; nothing where it answers nothing.

    When one fails all fail: call it inside a transaction.
    """
    with connection.cursor() as cursor:
        text = ";\n".join(as_sent(one, cursor) for one in statements)
        cursor.execute(text, [value for one in statements for value in one.values])
        answers = [rows_in(cursor)]
        while cursor.nextset():
            answers.append(rows_in(cursor))
        return answers


def as_sent(one: Statement, cursor: Any) -> str:
    """The text of a statement, or the call of what the connection planned before."""
    if not isinstance(one, Repeated):
        return one.sql
    planned = PLANNED.setdefault(cursor.connection, {})
    if one.sql not in planned:
        name = f"planned_{len(planned)}"
        # In a message of its own: what fails later must not leave it unsaid whether it was done.
        with connection.wrap_database_errors:
            cursor.connection.execute(f"PREPARE {name} AS {numbered(one.sql)}")
        planned[one.sql] = name
    places = ", ".join(["%s"] * len(one.values))
    return f"EXECUTE {planned[one.sql]}" + (f"({places})" if places else "")


def numbered(sql: str) -> str:
    """`$1, $2…` in the place of each `%s`."""
    first, *others = sql.split("%s")
    return first + "".join(f"${place}{text}" for place, text in enumerate(others, 1))


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
