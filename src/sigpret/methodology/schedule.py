"""Spreading a year's output over its quarters, and adding up what many products programmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from sigpret.methodology.measure import Accumulation
from sigpret.methodology.periods import Period
from sigpret.methodology.values import HUNDRED, ZERO

Quarters = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]

# The quarters in which something falls due, by how many times a year it is produced.
DUE_QUARTERS = {
    1: (4,),
    2: (2, 4),
    3: (2, 3, 4),
    4: (1, 2, 3, 4),
    6: (1, 2, 3, 4),
    12: (1, 2, 3, 4),
}


class ScheduleError(ValueError):
    """A year's output that cannot be spread."""


def propose_distribution(annual_output: Decimal, per_year: int) -> Quarters:
    """A proposal for the four quarters that adds up exactly to the annual output.

    `per_year` is how many times a year it is produced (1 annual, 2 semestral, 4 quarterly,
    12 monthly). Shares are even, with no more decimals than the output needs, and what does
    not divide falls late: 2 a year on II and IV, 3 on II, III and IV. None is a quarter
    in which nothing is programmed. Raises ScheduleError.
    """
    if per_year not in DUE_QUARTERS:
        raise ScheduleError(f"No hay una periodicidad de {per_year} veces al año.")
    if not annual_output.is_finite() or annual_output < 0:
        raise ScheduleError("La producción anual debe ser cero o más.")
    due = DUE_QUARTERS[per_year]
    step = Decimal(1).scaleb(min(0, int(annual_output.normalize().as_tuple().exponent)))
    units = int(annual_output / step)
    reached = [units * turn // len(due) for turn in range(len(due) + 1)]
    shares = {quarter: reached[i + 1] - reached[i] for i, quarter in enumerate(due)}
    first, second, third, fourth = (
        step * shares[quarter] if shares.get(quarter) else None for quarter in (1, 2, 3, 4)
    )
    return first, second, third, fourth


def propose_quarters(
    annual_output: Decimal, per_year: int, accumulation: Accumulation = Accumulation.SUM
) -> Quarters:
    """A proposal whose quarters make the year in the way the product accumulates.

    What adds up is spread; of the others every quarter in which it falls due says the year's
    output, so that the last, the mean and the largest of them are it. Raises ScheduleError.
    """
    spread = propose_distribution(annual_output, per_year)
    if accumulation is Accumulation.SUM:
        return spread
    due = DUE_QUARTERS[per_year]
    first, second, third, fourth = (annual_output if q in due else None for q in (1, 2, 3, 4))
    return first, second, third, fourth


@dataclass(frozen=True, slots=True)
class ProducedSeries:
    """A product's quantities. `is_intermediate` None: the plan does not say its kind."""

    planned: Mapping[Period, Decimal]
    executed: Mapping[Period, Decimal | None]
    is_intermediate: bool | None = None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A quarter of the aggregate curve. Percentages (0-100) are of the year's planned total.

    Executed is None where nobody reported, and so is everything after the last report.
    """

    period: Period
    planned: Decimal
    executed: Decimal | None
    planned_to_date: Decimal
    executed_to_date: Decimal | None
    planned_percent: Decimal | None
    executed_percent: Decimal | None


def physical_curve(products: Iterable[ProducedSeries], year: int) -> tuple[CurvePoint, ...]:
    """The aggregate curve of physical production: plain sums of quantities by quarter.

    Of the intermediate products; of all of them when none is marked (published practice).
    """
    every = tuple(products)
    counted = tuple(product for product in every if product.is_intermediate) or every
    quarters = Period.of_year(year).quarters()
    planned = [
        sum((product.planned.get(quarter, ZERO) for product in counted), ZERO)
        for quarter in quarters
    ]
    executed = [_reported_in(counted, quarter) for quarter in quarters]
    silent_after = max((i for i, value in enumerate(executed) if value is not None), default=-1)
    planned_sums = list(accumulate(planned))
    executed_sums = [
        total if i <= silent_after else None
        for i, total in enumerate(accumulate(value or ZERO for value in executed))
    ]
    return tuple(
        CurvePoint(
            quarter,
            planned[i],
            executed[i],
            planned_sums[i],
            executed_sums[i],
            _percent(planned_sums[i], planned_sums[-1]),
            _percent(executed_sums[i], planned_sums[-1]),
        )
        for i, quarter in enumerate(quarters)
    )


def _reported_in(products: Sequence[ProducedSeries], quarter: Period) -> Decimal | None:
    reported = [product.executed.get(quarter) for product in products]
    known = [value for value in reported if value is not None]
    return sum(known, ZERO) if known else None


def _percent(amount: Decimal | None, total: Decimal) -> Decimal | None:
    return None if amount is None or not total else HUNDRED * amount / total
