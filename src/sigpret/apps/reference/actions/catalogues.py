"""Bringing stored catalogues up to date with what a country's files say; nothing is deleted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from sigpret.apps.reference.models import (
    DevelopmentFramework,
    Disaggregation,
    DisaggregationCategory,
    FrameworkObjective,
    Periodicity,
    TargetPopulation,
    UnitOfMeasure,
)

Row = TypeVar("Row", bound=Model)
FileRows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of a catalogue were added and how many said something else."""

    added: int = 0
    changed: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.added + other.added, self.changed + other.changed)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def load_codes(
    *, units_of_measure: FileRows, periodicities: FileRows, target_populations: FileRows
) -> Loaded:
    """The codes a plan is written with. Runs inside the transaction of whoever loads it all."""
    facts = ("name", "source")
    return (
        bring_up_to_date([UnitOfMeasure(**row) for row in units_of_measure], facts, plain)
        + bring_up_to_date([TargetPopulation(**row) for row in target_populations], facts, plain)
        + bring_up_to_date(
            [Periodicity(**{**row, "per_year": int(row["per_year"])}) for row in periodicities],
            (*facts, "per_year"),
            plain,
        )
    )


@transaction.atomic
def load_frameworks(*, frameworks: FileRows, objectives: FileRows) -> Loaded:
    """Where the State's commitments are written, line by line."""
    count = bring_up_to_date(
        [DevelopmentFramework(**row) for row in frameworks], ("name", "source")
    )
    ids = dict(DevelopmentFramework.objects.values_list("code", "id"))
    lines = [
        FrameworkObjective(
            framework_id=ids[row["framework"]],
            code=row["code"],
            name=row["name"],
            source=row["source"],
        )
        for row in objectives
    ]
    return count + bring_up_to_date(lines, ("name", "source"), within="framework_id")


@transaction.atomic
def load_parts(*, disaggregations: FileRows, categories: FileRows) -> Loaded:
    """The ways of splitting a number, and the parts of each."""
    count = bring_up_to_date([Disaggregation(**row) for row in disaggregations], ("name", "source"))
    ids = dict(Disaggregation.objects.values_list("code", "id"))
    parts = [
        DisaggregationCategory(
            disaggregation_id=ids[row["disaggregation"]],
            code=row["code"],
            name=row["name"],
            position=int(row["position"]),
            source=row["source"],
        )
        for row in categories
    ]
    return count + bring_up_to_date(
        parts, ("name", "position", "source"), within="disaggregation_id"
    )


def plain(code: str) -> str:
    """Reports pad the codes with zeros, and 0149 is the unit 149."""
    return code.lstrip("0") or "0"


def bring_up_to_date(
    wanted: Sequence[Row],
    fields: Sequence[str],
    same: Callable[[str], str] = str,
    *,
    within: str = "",
) -> Loaded:
    """Add the rows whose `code` is missing and correct those that differ in `fields`.

    `within` names the column inside which a code is unique, when it is not in the whole table.
    """
    if not wanted:
        return Loaded()

    def key(row: Row) -> tuple[object, str]:
        return (getattr(row, within) if within else None, same(code_of(row)))

    manager: Any = type(wanted[0])._default_manager
    stored = {key(row): row for row in manager.select_for_update().order_by("pk")}
    new = [row for row in wanted if key(row) not in stored]
    changed = [
        old
        for row in wanted
        if (old := stored.get(key(row))) is not None and take(old, row, fields)
    ]
    manager.bulk_create(new)
    if changed:
        manager.bulk_update(changed, list(fields))
    return Loaded(len(new), len(changed))


def code_of(row: Any) -> str:
    return str(row.code)


def take(old: Any, row: Any, fields: Sequence[str]) -> bool:
    """Copy the fields that differ; did any?"""
    differing = [name for name in fields if getattr(old, name) != getattr(row, name)]
    for name in differing:
        setattr(old, name, getattr(row, name))
    return bool(differing)
