"""One goal, opened: its sheet, its numbers, its links and who wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.above import closed_quarters, is_closed
from sigpret.apps.results.models import Alignment, Goal, Indicator
from sigpret.apps.results.permissions import can_read_goal, can_write_goal
from sigpret.apps.results.queries.chain import missing_of
from sigpret.apps.results.queries.columns import MatrixRow
from sigpret.apps.results.queries.history import GOAL, HistoryEntry, history_of
from sigpret.apps.results.queries.matrix import beside_of, row_of
from sigpret.methodology.matrix import sheet_pending
from sigpret.web.sentences import said


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A link as a page shows it. `other` is the goal at its other end; weight 0-100 of siblings.

    `is_open`: the reader may open that goal.
    """

    child: str
    parent: str
    other_text: str
    other_level: str
    weight: Decimal
    rule: str
    rule_words: str
    rationale: str
    version: int
    is_open: bool = True
    total: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class VariableLine:
    """A variable of the formula, with how its quarters are put together."""

    name: str
    label: str
    unit: str
    accumulation: str


@dataclass(frozen=True, slots=True)
class GoalIdentity:
    """What identifies a goal and says who may read and write it."""

    id: int
    code: str
    text: str
    level: str
    sector_id: int
    sector: str
    institution_id: int | None


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """Everything the page of a goal's sheet shows. `pending` is the sentence of what it lacks,
    empty when it is complete. `closed` are the periods of its targets that are history."""

    identity: GoalIdentity
    row: MatrixRow
    up: tuple[LinkFacts, ...]
    down: tuple[LinkFacts, ...]
    variables: tuple[VariableLine, ...]
    thresholds: tuple[Decimal, Decimal] | None
    publication_lag_days: int
    is_computed: bool
    tolerance: Decimal | None
    pending: str
    closed: frozenset[str]
    targets: Mapping[str, Decimal]
    history: tuple[HistoryEntry, ...]
    followers: int
    can_write: bool


def goal_identity(code: str) -> GoalIdentity | None:
    """The goal of a code, or None."""
    goal = Goal.objects.select_related("sector").filter(code=code).first()
    if goal is None:
        return None
    return GoalIdentity(
        goal.pk, goal.code, goal.text, goal.level, goal.sector_id, goal.sector.code,
        goal.institution_id,
    )  # fmt: skip


def goal_sheet(identity: GoalIdentity, access: Access) -> GoalSheet:
    """The page of a goal; a fixed number of statements. Whoever asks was let in before."""
    goal = Goal.objects.select_related(
        "sector", "institution", "target_population", "indicator__responsible",
        "indicator__periodicity",
    ).get(pk=identity.id)  # fmt: skip
    row = row_of(goal, beside_of([goal]))
    indicator: Indicator | None = getattr(goal, "indicator", None)
    targets = {**row.multi_year, **row.programming}
    closed = closed_quarters()
    return GoalSheet(
        identity=identity,
        row=row,
        up=links_up(goal.pk, access),
        down=links_down(goal.pk, access),
        variables=variables_of(indicator),
        thresholds=thresholds_of(indicator),
        publication_lag_days=indicator.publication_lag_days if indicator else 0,
        is_computed=indicator is not None and indicator.value_source == "formula",
        tolerance=indicator.tolerance if indicator else None,
        pending=pending_of(indicator, is_programmed=bool(row.multi_year)),
        closed=frozenset(code for code in targets if is_closed(code, closed)),
        targets=targets,
        history=history_of(GOAL, goal.code),
        followers=Goal.objects.filter(handed_down_from=goal, has_own_wording=False).count(),
        can_write=can_write_goal(access, goal.institution_id),
    )


def links_up(goal_id: int, access: Access) -> tuple[LinkFacts, ...]:
    rows = Alignment.objects.filter(child_id=goal_id).select_related("child", "parent")
    return tuple(link_facts(row, row.parent, access) for row in rows.order_by("parent__code"))


def links_down(goal_id: int, access: Access) -> tuple[LinkFacts, ...]:
    rows = Alignment.objects.filter(parent_id=goal_id).select_related("child", "parent")
    return tuple(link_facts(row, row.child, access) for row in rows.order_by("child__code"))


def link_facts(
    row: Alignment, other: Goal, access: Access, total: Decimal = Decimal(0)
) -> LinkFacts:
    return LinkFacts(
        child=row.child.code,
        parent=row.parent.code,
        other_text=other.text,
        other_level=other.level,
        weight=row.weight,
        rule=row.rollup_rule,
        rule_words=row.get_rollup_rule_display(),
        rationale=row.rationale,
        version=row.version,
        is_open=can_read_goal(
            access, institution_id=other.institution_id, sector_id=other.sector_id
        ),
        total=total,
    )


def link_between(child: str, parent: str, access: Access) -> LinkFacts | None:
    """A link by the codes of its ends, with what the weights of its parent add to; None if
    there is none."""
    row = (
        Alignment.objects.select_related("child", "parent")
        .filter(child__code=child, parent__code=parent)
        .first()
    )
    if row is None:
        return None
    counted = row.parent.served_by.exclude(rollup_rule="none")
    total = sum(counted.values_list("weight", flat=True), Decimal(0))
    return link_facts(row, row.child, access, total)


def variables_of(indicator: Indicator | None) -> tuple[VariableLine, ...]:
    if indicator is None:
        return ()
    return tuple(
        VariableLine(row.name, row.label, row.unit, row.get_accumulation_display())
        for row in indicator.variables.order_by("position")
    )


def thresholds_of(indicator: Indicator | None) -> tuple[Decimal, Decimal] | None:
    if indicator is None or indicator.on_track_from is None or indicator.at_risk_from is None:
        return None
    return indicator.on_track_from, indicator.at_risk_from


def pending_of(indicator: Indicator | None, *, is_programmed: bool) -> str:
    missing = missing_of(indicator, is_programmed=is_programmed) if indicator else ("indicator",)
    return said(sheet_pending(missing)) if missing else ""
