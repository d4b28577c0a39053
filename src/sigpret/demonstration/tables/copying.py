"""Rows into a table in one statement."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model


def copy_rows(model: type[Model], fields: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into a model's table; the database's own constraints check them.

    Four times as fast as inserting, which is what makes the country of the measurements
    possible. Ids come from the table.
    """
    meta = model._meta
    columns = ", ".join(concrete(model, name) for name in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def concrete(model: type[Model], name: str) -> str:
    """The column a field is stored in: `report_id` for `report`."""
    return str(next(one.column for one in model._meta.concrete_fields if one.name == name))


def analyse() -> None:
    """Tell the planner how much there is now; inside the load nobody else would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
