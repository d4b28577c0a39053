"""The ceilings of an institution, and what its plan asks for against them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.budget.models import Ceiling
from sigpret.methodology.costs import ceiling_of_plan


@dataclass(frozen=True, slots=True)
class CeilingRow:
    """A ceiling in lempiras; `source` "" is of all sources together."""

    id: int
    source: str
    source_id: int | None
    amount: Decimal
    document: str
    version: int


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The whole ceiling first; `total` is it, or what the ceilings by source add up to."""

    rows: tuple[CeilingRow, ...]

    @property
    def total(self) -> Decimal | None:
        return ceiling_of_plan({row.source_id: row.amount for row in self.rows})


def ceilings_of(institution_id: int, fiscal_year: int) -> Ceilings:
    """The ceilings of an institution and year; one statement."""
    rows = Ceiling.objects.filter(institution=institution_id, fiscal_year=fiscal_year)
    return Ceilings(
        tuple(
            CeilingRow(
                row.pk,
                str(row.funding_source or ""),
                row.funding_source_id,
                row.amount,
                row.document,
                row.version,
            )
            for row in sorted(
                rows.select_related("funding_source"), key=lambda row: row.funding_source_id or 0
            )
        )
    )


def ceiling_beside(institution_id: int, fiscal_year: int) -> tuple[str, Decimal] | None:
    """The institution's code and its ceiling; None while it has none. One statement."""
    rows = Ceiling.objects.filter(institution=institution_id, fiscal_year=fiscal_year)
    found = list(rows.values_list("institution__code", "funding_source_id", "amount"))
    total = ceiling_of_plan({source: amount for _code, source, amount in found})
    return None if total is None else (found[0][0], total)
