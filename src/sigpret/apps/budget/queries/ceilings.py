"""The ceilings of an institution, and what its plan asks for against them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.budget.models import Ceiling


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
        if not self.rows:
            return None
        whole = next((row.amount for row in self.rows if row.source_id is None), None)
        return sum((row.amount for row in self.rows), Decimal(0)) if whole is None else whole


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
    if not found:
        return None
    whole = next((amount for _code, source, amount in found if source is None), None)
    total = sum((amount for _code, _source, amount in found), Decimal(0))
    return found[0][0], total if whole is None else whole
