"""The review step: every product read, what is wrong with it and what somebody decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sigpret.apps.imports.drafts import Cell, Correction, Draft
from sigpret.apps.imports.queries.causes import Cause, causes_of
from sigpret.apps.imports.queries.changes import DraftChanges, draft_changes
from sigpret.apps.imports.queries.closed import closed_quarters
from sigpret.apps.imports.queries.imports import ImportFacts
from sigpret.apps.imports.queries.keeping import kept_products
from sigpret.apps.imports.queries.proposals import is_uneven, proposal_sentence, proposals
from sigpret.apps.planning.catalogue import KnownCodes, known_codes
from sigpret.apps.planning.programming import ProductKey, Quarters
from sigpret.apps.planning.queries import stored_plan
from sigpret.intake.catalogue import Catalogue
from sigpret.intake.checks import blank_production, quarterly_output, semiannual_output
from sigpret.intake.checks.registry import check
from sigpret.intake.rows import Coded, Finding, PlacedProduct

#: These are said in the row with what to do about them, so the finding's sentence is not repeated.
SAID_IN_THE_ROW = frozenset({blank_production.RULE})
UNEVEN = frozenset({quarterly_output.RULE, semiannual_output.RULE})


class RowState(StrEnum):
    """What the planner must know about a row at a glance."""

    ERROR = "error"
    WARNING = "warning"
    CORRECT = "correct"
    NOT_SCHEDULED = "not_scheduled"


@dataclass(frozen=True)
class ReviewRow:
    """A product. `proposal` is the sentence of a distribution that waits to be accepted."""

    key: ProductKey
    number: int
    name: str
    unit: Coded
    periodicity: Coded
    line: int
    cell: Cell
    printed: Cell
    correction: Correction | None
    warnings: tuple[str, ...]
    proposal: str

    @property
    def state(self) -> RowState:
        if self.cell.is_missing:
            return RowState.ERROR
        if self.warnings or self.proposal:
            return RowState.WARNING
        return RowState.CORRECT if self.cell.is_scheduled else RowState.NOT_SCHEDULED

    @property
    def needs_attention(self) -> bool:
        return self.state in {RowState.ERROR, RowState.WARNING}

    @property
    def is_overwritten(self) -> bool:
        """Does the draft say something else than a number the report prints?"""
        return not self.printed.is_missing and self.cell != self.printed


@dataclass(frozen=True)
class ReviewGroup:
    """The products of an operational objective."""

    objective: int
    number: int
    text: str
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True)
class ReviewSheet:
    """The whole step. `changes` compares with the plan in force, whose version is 0 when new."""

    facts: ImportFacts
    groups: tuple[ReviewGroup, ...]
    causes: tuple[Cause, ...]
    changes: DraftChanges
    plan_version: int

    @property
    def rows(self) -> tuple[ReviewRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def missing(self) -> tuple[ReviewRow, ...]:
        return tuple(row for row in self.rows if row.state is RowState.ERROR)

    @property
    def attention_count(self) -> int:
        return sum(row.needs_attention for row in self.rows)

    @property
    def with_output_count(self) -> int:
        return sum(row.cell.annual_output is not None for row in self.rows)

    @property
    def warning_count(self) -> int:
        return sum(cause.count for cause in self.causes if not cause.is_error)

    @property
    def is_update(self) -> bool:
        return self.plan_version > 0


def review_sheet(facts: ImportFacts) -> ReviewSheet:
    """The rows of an import in review, checked as they stand now against the catalogue."""
    draft, institution = facts.draft, facts.institution
    if draft is None or institution is None:
        raise ValueError("a refused file has nothing to review")
    known = known_codes()
    stored = stored_plan(institution, draft.document.fiscal_year)
    findings = _open_findings((*facts.findings, *check(draft.corrected, _catalogue(known))), draft)
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.line is not None:
            by_line.setdefault(finding.line, []).append(finding)
    closed = closed_quarters(draft.document.fiscal_year)
    proposed = proposals(draft, stored, known, closed)
    rows = {
        key: _row(key, placed, draft, by_line.get(placed.product.line, []), proposed, known)
        for key, placed in draft.products.items()
    }
    return ReviewSheet(
        facts,
        _groups(draft, rows),
        causes_of(findings),
        draft_changes(stored, draft, kept_products(stored, draft.document, closed)),
        stored.version,
    )


def _open_findings(findings: Iterable[Finding], draft: Draft) -> tuple[Finding, ...]:
    """The findings still to look at: a product that is not scheduled owes no production, and
    quarters that somebody accepted need no proposal."""
    on_line = {placed.product.line: key for key, placed in draft.products.items()}
    return tuple(
        finding
        for finding in findings
        if finding.line is None
        or (key := on_line.get(finding.line)) is None
        or not _is_settled(finding.rule, key, draft)
    )


def _is_settled(rule: str, key: ProductKey, draft: Draft) -> bool:
    if rule in SAID_IN_THE_ROW:
        return not draft.cells[key].is_missing
    return rule in UNEVEN and key in draft.quarters


def _row(
    key: ProductKey,
    placed: PlacedProduct,
    draft: Draft,
    findings: list[Finding],
    proposed: Mapping[ProductKey, Quarters],
    known: KnownCodes,
) -> ReviewRow:
    product, cell = placed.product, draft.cells[key]
    proposal = ""
    output = cell.annual_output
    if output is not None and key not in draft.quarters and is_uneven(product, output, known):
        proposal = proposal_sentence(product, output, proposed[key])
    return ReviewRow(
        key=key,
        number=product.number,
        name=product.name,
        unit=product.unit_of_measure,
        periodicity=product.periodicity,
        line=product.line,
        cell=cell,
        printed=Cell(product.annual_output),
        correction=draft.corrections.get(key),
        warnings=tuple(
            finding.message for finding in findings if finding.rule not in SAID_IN_THE_ROW | UNEVEN
        ),
        proposal=proposal,
    )


def _groups(draft: Draft, rows: Mapping[ProductKey, ReviewRow]) -> tuple[ReviewGroup, ...]:
    return tuple(
        ReviewGroup(
            objective.number,
            group.number,
            group.text,
            tuple(
                rows[ProductKey(objective.number, group.number, product.number)]
                for product in group.products
            ),
        )
        for objective in draft.document.objectives
        for group in objective.operational_objectives
    )


def _catalogue(known: KnownCodes) -> Catalogue:
    return Catalogue(
        units_of_measure={code: row.name for code, row in known.units.items()},
        periodicities={code: row.name for code, row in known.periodicities.items()},
        target_populations={code: row.name for code, row in known.populations.items()},
    )
