"""Invented money: what products take, how it is keyed, and how much of it was paid by quarter.

Every figure is invented. Each plan has a generator of its own, so that a new plan stirs no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

CENT = Decimal("0.01")
QUOTAS = (Decimal("0.22"), Decimal("0.26"), Decimal("0.27"), Decimal("0.25"))
COMMITTED, PAID = Decimal("1.05"), Decimal("0.95")
SIZE, INSTITUTION = (13.0, 0.8), (0.6, 0.7)
PACE = (0.93, 0.13)
STRANGE_SHARE, STRANGE_PACE = 0.06, (0.35, 1.22)
WITHOUT_COST_SHARE, TWO_TOGETHER_SHARE, MODIFIED_SHARE = 0.04, 0.3, 0.2
CENTRAL_SHARE = Decimal("0.35")
UNIT_PART, YEAR_PART = Decimal("0.6"), Decimal("0.25")
OBJECTS = (("11100", Decimal("0.46")), ("24900", Decimal("0.30")), ("39200", Decimal("0.24")))
SOURCES = (("11", "1"), ("11", "1"), ("11", "1"), ("12", "1"), ("21", "171"), ("22", "171"))


@dataclass(frozen=True, slots=True)
class InputRow:
    """Something bought for a product; `is_per_unit`: for each unit of it."""

    name: str
    expense_object: str
    quantity: Decimal
    unit_price: Decimal
    is_per_unit: bool


@dataclass(frozen=True, slots=True)
class CostRow:
    """What a product takes: an activity with inputs and one with an apportioned cost."""

    inputs: tuple[InputRow, ...]
    stated: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class QuarterRow:
    quota: Decimal
    committed: Decimal = Decimal(0)
    accrued: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A key of the budget without its institution and programme, with its four quarters."""

    source: str
    body: str
    expense_object: str
    approved: Decimal
    modifications: Decimal
    quarters: tuple[QuarterRow, ...] = field(default=())


def chance_of(seed: int, institution: str, year: int) -> Random:
    return Random(f"{seed}/budget/{institution}/{year}")


def money(value: Decimal | float) -> Decimal:
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)


def weight_of(institution: str, seed: int) -> float:
    """How large an institution is beside the others: the same every year."""
    return Random(f"{seed}/budget/{institution}").lognormvariate(*INSTITUTION)


def invent_cost(annual: Decimal | None, weight: float, rng: Random) -> CostRow | None:
    """What a product takes; None: its institution has not costed it."""
    size = Decimal(max(round(rng.lognormvariate(*SIZE) * weight, -3), 20_000))
    if annual is None or rng.random() < WITHOUT_COST_SHARE:
        return None
    inputs = [_input("Consultores por contrato", "24900", 1, size * YEAR_PART, False)]
    if annual:
        price = size * UNIT_PART / (annual * 2)
        inputs.insert(0, _input("Materiales y logística", "39200", 2, price, True))
    stated = money(size * (1 - UNIT_PART - YEAR_PART))
    times = {True: annual, False: Decimal(1)}
    spent = [one.quantity * one.unit_price * times[one.is_per_unit] for one in inputs]
    return CostRow(tuple(inputs), stated, money(sum(spent, stated)))


def _input(name: str, code: str, quantity: int, price: Decimal, is_per_unit: bool) -> InputRow:
    return InputRow(name, code, Decimal(quantity), money(price), is_per_unit)


def grouped(products: Sequence[int], rng: Random) -> list[list[int]]:
    """The products of a programme, each in its own activity or two in one."""
    groups: list[list[int]] = []
    for product in products:
        if groups and len(groups[-1]) == 1 and rng.random() < TWO_TOGETHER_SHARE:
            groups[-1].append(product)
        else:
            groups.append([product])
    return groups


def shares(costs: Sequence[Decimal]) -> list[Decimal]:
    """Percentages (0-100) of an activity for its products, adding up to 100."""
    whole = sum(costs, Decimal(0))
    first = [max(money(100 * cost / whole), CENT) for cost in costs[:-1]]
    return [*first, 100 - sum(first, Decimal(0))]


def invent_lines(amount: Decimal, rng: Random, *, quarters_done: int) -> list[LineRow]:
    """The keys of an activity of that size, executed in as many quarters as have passed."""
    pace = Decimal(str(round(_pace(rng), 4)))
    source, body = rng.choice(SOURCES)
    chosen = OBJECTS if amount > 1_000_000 else OBJECTS[:2]
    weight = sum((part for _object, part in chosen), Decimal(0))
    rows = []
    for code, part in chosen:
        approved = money(amount * part / weight)
        changed = money(approved * Decimal(str(round(rng.uniform(-0.15, 0.15), 2))))
        modifications = changed if rng.random() < MODIFIED_SHARE else Decimal(0)
        quarters = _quarters(approved + modifications, pace, quarters_done)
        rows.append(LineRow(source, body, code, approved, modifications, quarters))
    return rows


def _pace(rng: Random) -> float:
    if rng.random() < STRANGE_SHARE:
        return rng.choice(STRANGE_PACE)
    return min(max(rng.gauss(*PACE), 0.5), 1.15)


def _quarters(current: Decimal, pace: Decimal, done: int) -> tuple[QuarterRow, ...]:
    rows = []
    for number, part in enumerate(QUOTAS, 1):
        quota = money(current * part)
        accrued = money(quota * pace) if number <= done else Decimal(0)
        rows.append(QuarterRow(quota, money(accrued * COMMITTED), accrued, money(accrued * PAID)))
    return tuple(rows)
