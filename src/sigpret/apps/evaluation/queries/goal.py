"""One goal, opened: its two numbers, what contributes, what it serves, and the reported values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sigpret.apps.evaluation.queries.chain import ChainLink, chain_ids, children_of, parents_of
from sigpret.apps.evaluation.queries.products import LinkedProduct, linked_products
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.evaluation.queries.standing import QUARTERS, Standing
from sigpret.apps.evaluation.queries.standings import (
    Standings,
    current_standings,
    of_goals,
    official_standings,
)
from sigpret.apps.evaluation.queries.trail import ReportedQuarter, trail_of
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Goal, Indicator
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What identifies a goal and says who may see it."""

    id: int
    code: str
    text: str
    level: str
    sector_id: int
    institution_id: int | None
    institution_code: str


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """The indicator's sheet, as far as it is filled in."""

    responsible_id: int
    responsible_code: str
    name: str
    definition: str
    formula: str
    unit: str
    sense: str
    accumulation: str
    across_years: str
    baseline: Decimal | None
    baseline_year: int | None
    source: str
    means_of_verification: str
    responsible_unit: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Which facts of the sheet nobody has written: names of the fields."""
        wanted = ("definition", "formula", "source", "means_of_verification")
        absent = [name for name in wanted if not getattr(self, name)]
        return (*absent, *(("baseline",) if self.baseline is None else ()))


@dataclass(frozen=True, slots=True)
class GoalPage:
    """Everything the page of a goal shows for a quarter.

    `standing` is None when the goal has no figures in the quarter. `parents` go up to the
    presidential level, nearest first; `children` are the goals that contribute directly.
    `is_inside`: the reader sees what the institution has not had validated, and by whom.
    """

    facts: GoalFacts
    indicator: IndicatorFacts | None
    quarter: Quarter | None
    standing: Standing | None
    before: Standing | None
    children: tuple[ChainLink, ...]
    parents: tuple[ChainLink, ...]
    trail: tuple[ReportedQuarter, ...]
    products: tuple[LinkedProduct, ...]
    is_inside: bool


def goal_facts(code: str) -> GoalFacts | None:
    """The goal of a code, or None."""
    goal = Goal.objects.select_related("institution").filter(code=code).first()
    if goal is None:
        return None
    return GoalFacts(
        id=goal.pk,
        code=goal.code,
        text=goal.text,
        level=goal.level,
        sector_id=goal.sector_id,
        institution_id=goal.institution_id,
        institution_code=goal.institution.code if goal.institution else "",
    )


def goal_page(
    facts: GoalFacts, *, access: Access, as_of: date, asked: Period | None = None
) -> GoalPage:
    """The page of a goal at a quarter; a fixed number of queries however long the chain.

    Drafts, people and reserved figures are there only for those who read their institution.
    Raises UnknownQuarterError for a quarter nobody opened.
    """
    quarter = quarter_shown(as_of=as_of, asked=asked)
    links = chain_ids(facts.id)
    now, before = standings_at(quarter, {facts.id, *links.goal_ids})
    indicator = Indicator.objects.select_related("responsible").filter(goal_id=facts.id).first()
    periods = quarters_until(quarter.period) if quarter else ()
    is_inside = indicator is not None and access.reads_institution(indicator.responsible_id)
    return GoalPage(
        facts=facts,
        indicator=indicator_facts(indicator) if indicator else None,
        quarter=quarter,
        standing=now.get(facts.id),
        before=before.get(facts.id),
        children=children_of(facts.id, links, now, access),
        parents=parents_of(facts.id, links, now),
        trail=trail_of(indicator.pk, periods, is_inside=is_inside) if indicator else (),
        products=linked_products(facts.id, quarter.period, access) if quarter else (),
        is_inside=is_inside,
    )


def standings_at(quarter: Quarter | None, goal_ids: set[int]) -> tuple[Standings, Standings]:
    """(now, a quarter ago) of these goals."""
    if quarter is None:
        return {}, {}
    scope = of_goals(goal_ids)
    closed = [r for r in (quarter.round, quarter.previous) if r is not None and r.is_closed]
    kept = official_standings(scope, [round_.id for round_ in closed])
    before = kept.get(quarter.previous.id, {}) if quarter.previous else {}
    if quarter.is_official:
        return kept[quarter.round.id], before
    return current_standings(scope, quarter.period, before), before


def quarters_until(last: Period) -> tuple[Period, ...]:
    """The quarters a page looks back on, newest first."""
    periods = [last]
    while len(periods) < QUARTERS:
        periods.append(periods[-1].previous())
    return tuple(periods)


def indicator_facts(indicator: Indicator) -> IndicatorFacts:
    return IndicatorFacts(
        responsible_id=indicator.responsible_id,
        responsible_code=indicator.responsible.code,
        name=indicator.name,
        definition=indicator.definition,
        formula=indicator.formula,
        unit=indicator.unit,
        sense=indicator.get_sense_display(),
        accumulation=indicator.get_accumulation_display(),
        across_years=indicator.get_across_years_display(),
        baseline=indicator.baseline,
        baseline_year=indicator.baseline_year,
        source=indicator.source,
        means_of_verification=indicator.means_of_verification,
        responsible_unit=indicator.responsible_unit,
    )
