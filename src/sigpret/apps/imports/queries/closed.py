"""Quarters that already closed: what the plan says for them only a change request may alter."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from sigpret.apps.imports.drafts import Draft
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.planning.programming import (
    NO_QUARTERS,
    QUARTER_NUMBERS,
    ProductKey,
    Quarters,
    period_code,
    total,
)
from sigpret.apps.planning.queries import StoredPlan
from sigpret.methodology.measure import Accumulation


def closed_quarters(fiscal_year: int) -> frozenset[int]:
    """The numbers of the quarters of the year whose round closed."""
    codes = {period_code(fiscal_year, number): number for number in QUARTER_NUMBERS}
    closed = ReportingRound.objects.filter(
        period__in=codes, state=ReportingRound.State.CLOSED
    ).values_list("period", flat=True)
    return frozenset(codes[period] for period in closed)


def is_planned_in(quarters: Quarters, numbers: frozenset[int]) -> bool:
    """Does the product plan anything in these quarters?"""
    return any(quarters[number - 1] is not None for number in numbers)


def around_closed(
    output: Decimal,
    in_force: Quarters,
    closed: frozenset[int],
    accumulation: Accumulation = Accumulation.SUM,
) -> Quarters:
    """What the closed quarters say stays; what is left of the year falls in the last open one.

    Of a product that does not add up, the last open one says the year. Does not make it when the
    closed quarters already plan more than the year, or none is open.
    """
    fixed = [in_force[n - 1] if n in closed else None for n in QUARTER_NUMBERS]
    is_sum = accumulation is Accumulation.SUM
    left = output - ((total(cast(Quarters, tuple(fixed))) or Decimal(0)) if is_sum else 0)
    still_open = [number for number in QUARTER_NUMBERS if number not in closed]
    if still_open and left > 0:
        fixed[still_open[-1] - 1] = left
    return cast(Quarters, tuple(fixed))


def rewritten_products(
    stored: StoredPlan, draft: Draft, closed: frozenset[int]
) -> tuple[ProductKey, ...]:
    """Products of the plan for which the draft says something else in a closed quarter."""
    return tuple(
        key
        for key in draft.products
        if key in stored.quarters
        and any(
            stored.quarters[key][n - 1] != draft.distribution.get(key, NO_QUARTERS)[n - 1]
            for n in closed
        )
    )
