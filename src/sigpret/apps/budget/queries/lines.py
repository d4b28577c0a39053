"""The lines of a budget, key by key."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from sigpret.apps.budget.models import BudgetLine
from sigpret.methodology.execution import Budget

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class LineRow:
    """A key of twelve segments with what it holds."""

    key: str
    expense_object: str
    source: str
    budget: Budget


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Some lines of many; pages count from 1."""

    rows: tuple[LineRow, ...]
    count: int
    number: int
    pages: int

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def lines_page(institution_id: int, fiscal_year: int, number: int) -> LinesPage:
    """A page of the lines of an institution and year by key; two statements."""
    every = BudgetLine.objects.filter(institution=institution_id, fiscal_year=fiscal_year)
    count = every.count()
    pages = max(-(-count // PER_PAGE), 1)
    at = min(max(number, 1), pages)
    rows = every.select_related("expense_object", "funding_source").order_by("key").annotate(
        committed=Sum("execution__committed"),
        accrued=Sum("execution__accrued"),
        paid=Sum("execution__paid"),
    )[(at - 1) * PER_PAGE : at * PER_PAGE]  # fmt: skip
    nothing = Decimal(0)
    return LinesPage(
        tuple(
            LineRow(
                row.key,
                str(row.expense_object),
                str(row.funding_source),
                Budget(
                    row.approved,
                    row.modifications,
                    row.committed or nothing,
                    row.accrued or nothing,
                    row.paid or nothing,
                    balance=row.balance,
                ),
            )
            for row in rows
        ),
        count,
        at,
        pages,
    )
