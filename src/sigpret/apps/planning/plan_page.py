"""The plan as drawn: each product with its cells, what is wrong with it and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from sigpret.apps.planning.actions.cells import FIELDS, CellConflict
from sigpret.apps.planning.beside import (
    Beside,
    GoalLink,
    PlanCeiling,
    PlanFinding,
    ProductMoney,
    linking_address,
)
from sigpret.apps.planning.plan_changes import Changed, changes_since
from sigpret.apps.planning.plan_closed import closed_sentence, shut_fields
from sigpret.apps.planning.queries.outline import (
    Observation,
    OutlineGroup,
    OutlineObjective,
    OutlineResult,
    PlannedProduct,
    PlanOutline,
)
from sigpret.methodology.schedule import DUE_QUARTERS
from sigpret.web.components import Chip

ALL, ERRORS, WARNINGS, UNLINKED, CHANGED = "todos", "error", "avisos", "sin-vinculo", "cambiaron"
#: How the header of the table names each cell.
COLUMNS = ("Anual", "I", "II", "III", "IV")


def typed(value: Decimal | None) -> str:
    """A quantity as one types it, `1,200.5`, every decimal kept; "" is not programmed."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed in a row and could not be kept; `typed` by field."""

    typed: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[CellConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell to type in. `is_off`: nothing is due that quarter, and nothing is programmed.

    `before` is what the last version said, None when it said the same. `closed` is why nobody
    writes it any more, "" while its quarter is open.
    """

    name: str
    column: str
    text: str
    is_off: bool = False
    is_wrong: bool = False
    before: str | None = None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class ProductShown:
    """A row of the table with everything said beside it."""

    id: int
    label: str
    name: str
    unit_code: str
    unit: str
    periodicity: str
    accumulates: bool
    is_scheduled: bool
    seen: str
    cells: tuple[CellShown, ...]
    money: ProductMoney | None
    links: tuple[GoalLink, ...]
    errors: tuple[PlanFinding, ...]
    warnings: tuple[PlanFinding, ...]
    observations: tuple[Observation, ...]
    changed: Changed | None
    attempt: Attempt | None
    knows_links: bool

    @property
    def names(self) -> str:
        """The fields its row sends."""
        prefix = f"p{self.id}-"
        return ",".join((f"{prefix}seen", *(cell.name for cell in self.cells)))

    @property
    def has_note(self) -> bool:
        return bool(
            self.errors or self.warnings or self.observations or self.changed or self.attempt
        )

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors or self.attempt)

    @property
    def linking_url(self) -> str:
        return linking_address(self.id)

    @property
    def is_unlinked(self) -> bool:
        return self.knows_links and not self.links

    def is_in(self, view: str) -> bool:
        return {
            ERRORS: bool(self.errors),
            WARNINGS: bool(self.warnings),
            UNLINKED: self.is_unlinked,
            CHANGED: self.changed is not None,
        }.get(view, True)


@dataclass(frozen=True, slots=True)
class GroupShown:
    group: OutlineGroup
    products: tuple[ProductShown, ...]


@dataclass(frozen=True)
class ObjectiveShown:
    objective: OutlineObjective
    groups: tuple[GroupShown, ...]

    @property
    def results(self) -> tuple[OutlineResult, ...]:
        return self.objective.results

    @property
    def is_bare(self) -> bool:
        """Does it lack what its products hang from?"""
        return not (self.objective.results and self.objective.groups)

    @cached_property
    def products(self) -> tuple[ProductShown, ...]:
        return tuple(product for group in self.groups for product in group.products)

    @property
    def warnings(self) -> int:
        return sum(bool(product.warnings) for product in self.products)

    @property
    def amount(self) -> Decimal | None:
        return amount_of(self.products)


@dataclass(frozen=True)
class PlanPage:
    """The whole page. `general` are the findings of the plan and not of one product."""

    outline: PlanOutline
    objectives: tuple[ObjectiveShown, ...]
    everything: tuple[ProductShown, ...]
    general: tuple[PlanFinding, ...]
    ceiling: PlanCeiling | None
    has_money: bool
    view: str
    compares: bool
    touched: tuple[ProductShown, ...] = ()
    closed: frozenset[str] = frozenset()

    @property
    def shut(self) -> str:
        """The quarters that closed, in a sentence; "" when all are open."""
        return closed_sentence(self.outline.plan.fiscal_year, self.closed)

    @property
    def errors(self) -> int:
        """Those nobody sends the plan with; one that may be explained is counted as a warning."""
        return self._count(stops=True)

    @property
    def warnings(self) -> int:
        return self._count(stops=False)

    def _count(self, *, stops: bool) -> int:
        own = (one for product in self.everything for one in (*product.errors, *product.warnings))
        return sum(one.stops == stops for one in (*own, *self.general))

    @property
    def scheduled(self) -> int:
        return sum(product.is_scheduled for product in self.everything)

    @property
    def amount(self) -> Decimal | None:
        return amount_of(self.everything)

    @property
    def is_over(self) -> bool:
        amount = self.amount
        return self.ceiling is not None and amount is not None and amount > self.ceiling.amount

    @property
    def chips(self) -> tuple[Chip, ...]:
        labels = {
            ALL: _("Todos"),
            ERRORS: _("Error"),
            WARNINGS: _("Avisos"),
            UNLINKED: _("Sin vínculo MCR"),
            CHANGED: _("Cambiaron"),
        }
        counts = {view: sum(one.is_in(view) for one in self.everything) for view in labels}
        return tuple(
            Chip(label, f"?ver={view}", counts[view], is_on=view == self.view)
            for view, label in labels.items()
            if counts[view] or view in {ALL, self.view}
        )

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return 10 if self.has_money else 9


def amount_of(products: Iterable[ProductShown]) -> Decimal | None:
    """What they take together, in lempiras; None when nothing is stated."""
    stated = [one.money.amount for one in products if one.money and one.money.amount is not None]
    return sum(stated, Decimal(0)) if stated else None


def plan_page(
    outline: PlanOutline,
    beside: Beside,
    *,
    view: str = ALL,
    compares: bool = True,
    attempts: Mapping[int, Attempt] | None = None,
    touched: frozenset[int] = frozenset(),
    closed: frozenset[str] = frozenset(),
) -> PlanPage:
    """The page of a plan for one reader; `touched` are the products that were just written.

    `closed` are the codes of the quarters of its year that closed.
    """
    findings = beside.findings()
    changes = changes_since(outline) if compares else {}
    drawn = _Drawing(
        outline, beside.links(), beside.money(), findings, changes, attempts or {},
        knows_links=beside.has_links(), shut=shut_fields(outline.plan.fiscal_year, closed),
    )  # fmt: skip
    shown = {product.row.id: drawn.product(product) for product in outline.products}
    chosen = view if view in {ERRORS, WARNINGS, UNLINKED, CHANGED} else ALL
    return PlanPage(
        outline=outline,
        objectives=tuple(_objectives(outline, shown, chosen)),
        everything=tuple(shown.values()),
        general=findings.get(None, ()),
        ceiling=beside.ceiling(),
        has_money=beside.has_money(),
        view=chosen,
        compares=compares,
        touched=tuple(shown[key] for key in shown if key in touched),
        closed=closed,
    )


def _objectives(
    outline: PlanOutline, shown: Mapping[int, ProductShown], view: str
) -> Iterator[ObjectiveShown]:
    """A filtered view leaves out the objectives it has nothing of."""
    for objective in outline.objectives:
        groups = tuple(
            GroupShown(group, tuple(_in_view(group, shown, view))) for group in objective.groups
        )
        if view == ALL or any(group.products for group in groups):
            yield ObjectiveShown(objective, groups)


def _in_view(
    group: OutlineGroup, shown: Mapping[int, ProductShown], view: str
) -> Iterator[ProductShown]:
    for product in group.products:
        if shown[product.row.id].is_in(view):
            yield shown[product.row.id]


@dataclass(frozen=True)
class _Drawing:
    """What is said of the products, by id."""

    outline: PlanOutline
    links: Mapping[int, tuple[GoalLink, ...]]
    money: Mapping[int, ProductMoney]
    findings: Mapping[int | None, tuple[PlanFinding, ...]]
    changes: Mapping[int, Changed]
    attempts: Mapping[int, Attempt]
    knows_links: bool
    shut: Mapping[str, str]

    def product(self, product: PlannedProduct) -> ProductShown:
        row = product.row
        found = tuple(map(self._still_mended, self.findings.get(row.id, ())))
        return ProductShown(
            id=row.id,
            label=product.label,
            name=row.name,
            unit_code=row.unit_code.lstrip("0"),
            unit=row.unit.capitalize(),
            periodicity=row.periodicity.lower(),
            accumulates=row.accumulation == "sum",
            is_scheduled=row.annual_output is not None,
            seen=seen_of(product),
            cells=tuple(self._cells(product)),
            money=self.money.get(row.id),
            links=self.links.get(row.id, ()),
            errors=tuple(one for one in found if one.is_error),
            warnings=tuple(one for one in found if not one.is_error),
            observations=self.outline.observations.get(row.id, ()),
            changed=self.changes.get(row.id),
            attempt=self.attempts.get(row.id),
            knows_links=self.knows_links,
        )

    def _still_mended(self, finding: PlanFinding) -> PlanFinding:
        """Without the repairs that would write in a closed quarter."""
        open_fixes = tuple(fix for fix in finding.fixes if fix.field not in self.shut)
        return replace(finding, fixes=open_fixes) if self.shut else finding

    def _cells(self, product: PlannedProduct) -> Iterator[CellShown]:
        row, attempt = product.row, self.attempts.get(product.row.id)
        wrong = self._wrong(product)
        changed = self.changes.get(row.id)
        before = changed.cells if changed else {}
        due = DUE_QUARTERS.get(row.per_year, DUE_QUARTERS[4])
        for place, value in enumerate((row.annual_output, *product.quarters)):
            name = FIELDS[place]
            yield CellShown(
                name=f"p{row.id}-{place}",
                column=COLUMNS[place],
                text=attempt.typed.get(name, typed(value)) if attempt else typed(value),
                is_off=place > 0 and value is None and place not in due,
                is_wrong=name in wrong,
                before=typed(before[name]) or "—" if name in before else None,
                closed=self.shut.get(name, ""),
            )

    def _wrong(self, product: PlannedProduct) -> frozenset[str]:
        """Of a sum that fails the year is marked: it is what the person compares with."""
        attempt = self.attempts.get(product.row.id)
        if attempt:
            disputed = {conflict.field for conflict in attempt.conflicts}
            return frozenset({*attempt.problems, *disputed})
        errors = (one for one in self.findings.get(product.row.id, ()) if one.is_error)
        fields = frozenset(name for one in errors for name in one.fields)
        return frozenset({FIELDS[0]}) if FIELDS[0] in fields else fields


def seen_of(product: PlannedProduct) -> str:
    """What the reader saw of a row, to tell what they changed: `6|1|2||1`."""
    return "|".join("" if one is None else f"{one:f}" for one in cells_of(product))


def cells_of(product: PlannedProduct) -> tuple[Decimal | None, ...]:
    return (product.row.annual_output, *product.quarters)
