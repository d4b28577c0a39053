"""What is not coherent between the annual plan of an institution and the results matrix.

«Revisar los Planes Operativos Anuales, a efecto de considerar su coherencia con los resultados de
la MCR» (guidelines, "Actividades de las mesas").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Incoherence(StrEnum):
    """What may be wrong, the heaviest first."""

    NO_PLAN = "no_plan"
    GOAL_WITHOUT_PRODUCT = "goal_without_product"
    PRODUCT_WITHOUT_GOAL = "product_without_goal"
    PRODUCT_WITHOUT_RESULT = "product_without_result"
    BLANK_PROGRAMMING = "blank_programming"
    DIFFERENT_SUM = "different_sum"


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """A product of the plan. `has_sum_of_year` is None when the annual output is not published."""

    label: str
    has_goal: bool
    has_result: bool
    is_programmed: bool
    has_sum_of_year: bool | None = None


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """An institutional goal of the matrix."""

    label: str
    has_product: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to ask the institution about; `labels` name each one it happens to."""

    kind: Incoherence
    labels: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.labels)


def findings(
    *, has_plan: bool, products: Iterable[PlannedProduct], goals: Iterable[PlannedGoal]
) -> tuple[Finding, ...]:
    """What is not coherent, the heaviest first; empty when nothing is.

    Without a plan there is only that to say. A product whose annual output is not published is
    not compared with its quarters: blank is not zero.
    """
    if not has_plan:
        return (Finding(Incoherence.NO_PLAN, ()),)
    planned = tuple(products)
    tests = {
        Incoherence.GOAL_WITHOUT_PRODUCT: (g.label for g in goals if not g.has_product),
        Incoherence.PRODUCT_WITHOUT_GOAL: (p.label for p in planned if not p.has_goal),
        Incoherence.PRODUCT_WITHOUT_RESULT: (p.label for p in planned if not p.has_result),
        Incoherence.BLANK_PROGRAMMING: (p.label for p in planned if not p.is_programmed),
        Incoherence.DIFFERENT_SUM: (p.label for p in planned if p.has_sum_of_year is False),
    }
    return tuple(_found(tests))


def _found(tests: Mapping[Incoherence, Iterator[str]]) -> Iterator[Finding]:
    for kind, labels in tests.items():
        if named := tuple(labels):
            yield Finding(kind, named)
