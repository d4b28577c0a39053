"""How much of a budget was executed: current = approved + modifications, and percentages of it.

Amounts are lempiras, exact; a percentage (0-100) is rounded only when it is printed, half up.
What a report calls *saldo* is whatever SIAFI subtracted (it also takes reservations away): it
is carried as it came and never worked out again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sigpret.methodology.values import HUNDRED, ZERO


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of a line, a category, a product or a country up to a moment, in lempiras.

    `quota` is what was programmed to be accrued by then (the *cuota*); None: nobody said.
    `balance` is the *saldo* as reported; None: the source does not carry it.
    """

    approved: Decimal = ZERO
    modifications: Decimal = ZERO
    committed: Decimal = ZERO
    accrued: Decimal = ZERO
    paid: Decimal = ZERO
    quota: Decimal | None = None
    balance: Decimal | None = None

    @property
    def current(self) -> Decimal:
        """What may be spent in the year: approved plus modifications, which may be negative."""
        return self.approved + self.modifications

    @property
    def executed_percent(self) -> Decimal | None:
        """Accrued over current; None when there is no current budget."""
        return execution_percent(self.accrued, self.current)

    def share(self, percent: Decimal) -> "Budget":
        """The part of every amount that a percentage (0-100) takes."""
        part = percent / HUNDRED
        return Budget(
            approved=self.approved * part,
            modifications=self.modifications * part,
            committed=self.committed * part,
            accrued=self.accrued * part,
            paid=self.paid * part,
            quota=None if self.quota is None else self.quota * part,
            balance=None if self.balance is None else self.balance * part,
        )


def execution_percent(executed: Decimal, current: Decimal) -> Decimal | None:
    """Executed over current, 0-100 scale, unrounded. None of a current budget that is not above
    zero: nothing could be spent, so there is no percentage to tell."""
    return HUNDRED * executed / current if current > ZERO else None


def added(budgets: Iterable[Budget]) -> Budget:
    """Several budgets as one, amount by amount.

    A quota or a balance that some of them do not say is of no use to the whole: None.
    """
    every = tuple(budgets)
    return Budget(
        approved=sum((one.approved for one in every), ZERO),
        modifications=sum((one.modifications for one in every), ZERO),
        committed=sum((one.committed for one in every), ZERO),
        accrued=sum((one.accrued for one in every), ZERO),
        paid=sum((one.paid for one in every), ZERO),
        quota=_sum(one.quota for one in every),
        balance=_sum(one.balance for one in every),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """None as soon as one of them is not known."""
    total = ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
