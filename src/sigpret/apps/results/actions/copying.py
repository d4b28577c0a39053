"""Many rows into a table in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def copy_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a model's table; the database's own constraints check them.

    Four times as fast as inserting. Ids that are not given come from the table.
    The rows must be ready: nothing else may use the connection while they are copied.
    """
    meta = model._meta
    names = ", ".join(str(meta.get_field(name).column) for name in fields)  # type: ignore[union-attr]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def new_ids(model: type[Model], count: int) -> list[int]:
    """The next ids of a table, reserved; one statement however many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]
