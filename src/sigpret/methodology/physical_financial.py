"""Is what was paid for being delivered? Physical progress against financial progress.

Both sides are read on the same basis: to date where the quota of the money is known (achieved
over programmed to date, accrued over quota to date), of the year otherwise (achieved over the
year's output, accrued over current budget). The gap is physical minus financial, in points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.alerts import Alert, Severity, alert
from sigpret.methodology.execution import Budget, added, execution_percent
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.scoring import silence_counts
from sigpret.methodology.values import ZERO


class Basis(StrEnum):
    """What both percentages are of."""

    TO_DATE = "to_date"
    YEAR = "year"


class Balance(StrEnum):
    """On which side of the diagonal, and when neither, where on it."""

    MONEY_AHEAD = "money_ahead"
    PROGRESS_AHEAD = "progress_ahead"
    EVEN = "even"
    EVEN_LOW = "even_low"
    NO_BUDGET = "no_budget"
    SILENT = "silent"
    NO_PHYSICAL = "no_physical"


#: The two that ask somebody to look.
ALERTS = frozenset({Balance.MONEY_AHEAD, Balance.PROGRESS_AHEAD})


@dataclass(frozen=True, slots=True)
class Physical:
    """The physical achievement of a product, raw percentages (0-100): they may pass 100.

    None: nothing was due, or nothing was reported, which is not a zero. `is_silent`: it was due
    and nobody reported it; `is_excused`: whoever answers for it has more time to do so.
    """

    to_date: Decimal | None
    of_year: Decimal | None
    is_silent: bool = False
    is_excused: bool = False

    @property
    def is_unexplained(self) -> bool:
        """Silent although its time is over."""
        return self.is_silent and not self.is_excused


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two percentages (0-100), their gap in points and what it means.

    A percentage is None when there is no budget (or quota) to divide by, or nothing physical
    to speak of; the gap is then None too.
    """

    budget: Budget
    basis: Basis
    physical: Decimal | None
    financial: Decimal | None
    balance: Balance

    @property
    def gap(self) -> Decimal | None:
        """Points: above zero when more was delivered than paid."""
        return None if None in (self.physical, self.financial) else self._difference()

    def _difference(self) -> Decimal:
        return (self.physical or ZERO) - (self.financial or ZERO)


def compare(budget: Budget, physical: Physical, policy: Policy) -> Comparison:
    """A product's two sides. The gap is compared unrounded: from the policy's points on it is
    an alert."""
    basis, financial = financial_side(budget)
    achieved = achieved_on(basis, physical)
    balance = balance_of(achieved, financial, policy)
    if balance is Balance.NO_PHYSICAL and physical.is_unexplained:
        balance = Balance.SILENT
    return Comparison(budget, basis, achieved, financial, balance)


def achieved_on(basis: Basis, physical: Physical) -> Decimal | None:
    return physical.to_date if basis is Basis.TO_DATE else physical.of_year


def compare_many(parts: Iterable[tuple[Budget, Physical]], policy: Policy) -> Comparison:
    """A programme, an institution or a sector out of its products.

    The money is added. The physical side is the mean of the products' achievements weighted by
    their current budgets, each counted up to the policy's cap, so that what passes 100 does not
    hide what was not delivered. What was due and nobody reported enters as in the official
    grade: as a zero, or not at all. Products without budget, or of which nothing was due, have
    no weight.
    """
    every = tuple(parts)
    whole = added(budget for budget, _physical in every)
    basis, financial = financial_side(whole)
    achieved = weighted(every, basis, policy)
    return Comparison(whole, basis, achieved, financial, balance_of(achieved, financial, policy))


def financial_side(budget: Budget) -> tuple[Basis, Decimal | None]:
    """Accrued over quota to date where there is a quota; over current budget otherwise. Without
    current budget there is no percentage, whatever the quota says."""
    if budget.current <= ZERO:
        return Basis.YEAR, None
    if budget.quota is not None and budget.quota > ZERO:
        return Basis.TO_DATE, execution_percent(budget.accrued, budget.quota)
    return Basis.YEAR, execution_percent(budget.accrued, budget.current)


def weighted(
    parts: Iterable[tuple[Budget, Physical]], basis: Basis, policy: Policy
) -> Decimal | None:
    """The mean of the achievements, weighted by current budget; None when nobody has both."""
    weight, sum_of = ZERO, ZERO
    for budget, physical in parts:
        achieved = achieved_on(basis, physical)
        if physical.is_silent:
            achieved = silence_counts(policy, is_excused=physical.is_excused)
        if achieved is not None and budget.current > ZERO:
            weight += budget.current
            sum_of += budget.current * min(achieved, policy.cap)
    return sum_of / weight if weight else None


def balance_of(physical: Decimal | None, financial: Decimal | None, policy: Policy) -> Balance:
    """What a pair of percentages means."""
    if financial is None:
        return Balance.NO_BUDGET
    if physical is None:
        return Balance.NO_PHYSICAL
    if physical - financial <= -policy.physical_financial_gap:
        return Balance.MONEY_AHEAD
    if physical - financial >= policy.physical_financial_gap:
        return Balance.PROGRESS_AHEAD
    return Balance.EVEN if physical >= policy.at_risk else Balance.EVEN_LOW


def gap_alert(subject: str, period: Period, seen: Comparison, policy: Policy) -> Alert | None:
    """Money without progress, or progress without money; None when they go together."""
    if seen.balance not in ALERTS:
        return None
    is_money = seen.balance is Balance.MONEY_AHEAD
    return alert(
        "money_without_progress" if is_money else "progress_without_money",
        Severity.CRITICAL if is_money else Severity.WARNING,
        subject,
        period,
        MONEY_WITHOUT_PROGRESS if is_money else PROGRESS_WITHOUT_MONEY,
        physical=seen.physical,
        financial=seen.financial,
        gap=abs(seen.gap or ZERO),
        limit=policy.physical_financial_gap,
    )


def is_silent_spending(seen: Comparison) -> bool:
    """Was money spent on what was due and nobody reported?"""
    return seen.balance is Balance.SILENT and seen.budget.accrued > ZERO


def silence_alert(subject: str, period: Period, seen: Comparison) -> Alert | None:
    """Money was spent, something was due and nobody said what came of it; None without spending
    or without silence."""
    if not is_silent_spending(seen):
        return None
    return alert(
        "money_without_report",
        Severity.CRITICAL,
        subject,
        period,
        MONEY_WITHOUT_REPORT,
        paid=seen.budget.paid,
        accrued=seen.budget.accrued,
        financial=seen.financial,
    )


MONEY_WITHOUT_REPORT = _(
    "Sin reporte al %(period)s: se devengaron L %(accrued)s, de ellos L %(paid)s pagados"
    " (%(financial)s %%), y nadie reportó lo que vencía."
)
MONEY_WITHOUT_PROGRESS = _(
    "Dinero sin avance al %(period)s: se pagó %(financial)s %% y se logró %(physical)s %%,"
    " %(gap)s puntos menos; se avisa desde %(limit)s."
)
PROGRESS_WITHOUT_MONEY = _(
    "Avance sin dinero al %(period)s: se logró %(physical)s %% y se pagó %(financial)s %%,"
    " %(gap)s puntos más; se avisa desde %(limit)s."
)
