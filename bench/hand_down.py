"""Handing a presidential framework down to every institution, beside copying the same rows."""

from typing import Any

from django.db import connection, models, transaction

from bench.approve_path import check_is_durable
from bench.framework import PERIODS, everybody, framework_database, somebody
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.accounts.roles import Role
from sigpret.apps.results.actions import hand_down
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.apps.results.models import Alignment, Goal, Indicator, IndicatorTarget

BUDGET = 6.0
CREATED: tuple[type[models.Model], ...] = (Goal, Indicator, IndicatorTarget, Alignment)
Rows = dict[type[models.Model], tuple[tuple[str, ...], list[tuple[Any, ...]]]]


def measure() -> list[Measurement]:
    """Both create the same rows, have them checked, and are undone before the next turn."""
    framework_database(name="handing", is_reported=False)
    check_is_durable()
    actor, access = somebody(Role.ADMINISTRATOR)
    axes = everybody()

    def hand_everything_down() -> None:
        for asked in axes:
            hand_down(actor=actor, access=access, periods=PERIODS, **asked)

    rows = rows_created(hand_everything_down)
    handing, copying = interleaved_medians(
        lambda: undone(hand_everything_down),
        lambda: undone(lambda: copy_all(rows)),
        runs=7,
    )
    count = sum(len(found) for _names, found in rows.values())
    note = f"{count:,} rows: {handing * 1000:.0f} ms against {copying * 1000:.0f} ms of COPY"
    return [Measurement("hand_down", handing / copying, BUDGET, note)]


def undone(action: Any) -> None:
    """Do it with every constraint checked, as a commit would, and take it back."""
    with transaction.atomic():
        action()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def rows_created(action: Any) -> Rows:
    """What the action adds to each table, ready to be copied in again."""
    found: Rows = {}
    with transaction.atomic():
        before = {model: last_id(model) for model in CREATED}
        action()
        for model in CREATED:
            names = tuple(field.name for field in model._meta.concrete_fields)
            columns = [field.attname for field in model._meta.concrete_fields]
            new = model._default_manager.filter(pk__gt=before[model]).order_by("pk")
            found[model] = (names, list(new.values_list(*columns)))
        transaction.set_rollback(True)
    return found


def last_id(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def copy_all(rows: Rows) -> None:
    for model, (names, values) in rows.items():
        copy_rows(model, names, values)
