"""The ceilings of every institution of a year, beside what its budget says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from sigpret.apps.budget.models import BudgetLine, Ceiling
from sigpret.apps.institutions.models import Institution
from sigpret.methodology.costs import ceiling_of_plan
from sigpret.methodology.scenarios import Verdict


@dataclass(frozen=True, slots=True)
class CountryRow:
    """An institution: its ceiling and its approved budget in lempiras; None: not set, no lines."""

    code: str
    name: str
    ceiling: Decimal | None
    approved: Decimal | None

    @property
    def verdict(self) -> Verdict | None:
        return None if self.approved is None else Verdict(self.approved, self.ceiling, 0)


def ceilings_of_year(fiscal_year: int) -> tuple[CountryRow, ...]:
    """Every institution by code; three statements."""
    ceilings: defaultdict[int, dict[int | None, Decimal]] = defaultdict(dict)
    rows = Ceiling.objects.filter(fiscal_year=fiscal_year).order_by()
    for place, source, amount in rows.values_list("institution", "funding_source", "amount"):
        ceilings[place][source] = amount
    lines = BudgetLine.objects.filter(fiscal_year=fiscal_year).order_by()
    approved = dict(lines.values_list("institution").annotate(Sum("approved")))
    return tuple(
        CountryRow(code, name, ceiling_of_plan(ceilings[pk]), approved.get(pk))
        for pk, code, name in Institution.objects.order_by("code").values_list("pk", "code", "name")
    )
