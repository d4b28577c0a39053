"""The distribution step: each product's year over its four quarters, proposed or accepted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.imports.drafts import Draft, quarters_token
from sigpret.apps.imports.queries.closed import closed_quarters
from sigpret.apps.imports.queries.imports import ImportFacts
from sigpret.apps.imports.queries.proposals import is_uneven, proposal_sentence, proposals
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.catalogue import known_codes
from sigpret.apps.planning.programming import ProductKey, Quarters, adds_up, period_code, year_of
from sigpret.apps.planning.queries import stored_plan
from sigpret.intake.rows import Coded
from sigpret.methodology.measure import Accumulation


@dataclass(frozen=True)
class DistributionRow:
    """A scheduled product with the quarters accepted for it, or else those proposed.

    `closed` are the numbers of the quarters that only a change request may alter.
    """

    key: ProductKey
    name: str
    unit: Coded
    periodicity: Coded
    annual_output: Decimal
    quarters: Quarters
    is_accepted: bool
    note: str
    closed: frozenset[int]
    accumulation: Accumulation = Accumulation.SUM
    is_new: bool = False

    @property
    def total(self) -> Decimal:
        """The year the quarters make, as the product accumulates."""
        return year_of(self.quarters, self.accumulation) or Decimal(0)

    @property
    def is_sum(self) -> bool:
        return self.accumulation is Accumulation.SUM

    @property
    def adds_up(self) -> bool:
        return adds_up(self.annual_output, self.quarters, self.accumulation)

    @property
    def seen(self) -> str:
        """The token of what was accepted when the page was drawn; empty for a proposal."""
        return quarters_token(self.quarters) if self.is_accepted else ""


@dataclass(frozen=True)
class DistributionGroup:
    objective: int
    number: int
    text: str
    rows: tuple[DistributionRow, ...]


@dataclass(frozen=True)
class DistributionSheet:
    """`closed` are the codes of the quarters of the year that closed."""

    facts: ImportFacts
    groups: tuple[DistributionGroup, ...]
    unscheduled_count: int
    closed: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[DistributionRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def wrong_rows(self) -> tuple[DistributionRow, ...]:
        return tuple(row for row in self.rows if not row.adds_up)

    @property
    def waiting_count(self) -> int:
        """How many proposals nobody accepted yet."""
        return sum(not row.is_accepted for row in self.rows)


def distribution_sheet(facts: ImportFacts) -> DistributionSheet:
    """Every scheduled product with its quarters. The review must have no cell missing."""
    draft, institution = facts.draft, facts.institution
    if draft is None or institution is None:
        raise ValueError("a refused file has nothing to distribute")
    rows = _rows(draft, institution)
    groups = tuple(
        DistributionGroup(
            objective.number,
            group.number,
            group.text,
            tuple(
                rows[key]
                for product in group.products
                if (key := ProductKey(objective.number, group.number, product.number)) in rows
            ),
        )
        for objective in draft.document.objectives
        for group in objective.operational_objectives
    )
    return DistributionSheet(
        facts,
        tuple(group for group in groups if group.rows),
        unscheduled_count=len(draft.products) - len(rows),
        closed=frozenset(
            period_code(draft.document.fiscal_year, number)
            for number in closed_quarters(draft.document.fiscal_year)
        ),
    )


def undistributed(facts: ImportFacts) -> tuple[ProductKey, ...]:
    """The products whose quarters nobody accepted, or that do not make the year."""
    draft, institution = facts.draft, facts.institution
    if draft is None or institution is None:
        return ()
    return draft.undistributed(stored_plan(institution, draft.document.fiscal_year))


def _rows(draft: Draft, institution: Institution) -> dict[ProductKey, DistributionRow]:
    known = known_codes()
    stored = stored_plan(institution, draft.document.fiscal_year)
    rows = {}
    closed = closed_quarters(draft.document.fiscal_year)
    for key, proposed in proposals(draft, stored, known, closed).items():
        product = draft.products[key].product
        output = draft.cells[key].annual_output or Decimal(0)
        accepted = draft.quarters.get(key)
        note = ""
        if accepted is None and is_uneven(product, output, known):
            note = proposal_sentence(product, output, proposed)
        rows[key] = DistributionRow(
            key=key,
            name=product.name,
            unit=product.unit_of_measure,
            periodicity=product.periodicity,
            annual_output=output,
            quarters=proposed if accepted is None else accepted,
            is_accepted=accepted is not None,
            note=note,
            closed=closed if key in stored.quarters else frozenset(),
            accumulation=stored.accumulation(key),
            is_new=key not in stored.quarters,
        )
    return rows
