"""The invented country as plain rows, before any database: what the generator hands the loader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sigpret.demonstration.catalogue import Catalogue, InstitutionFact


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist, and the one role they play."""

    email: str
    full_name: str
    position: str
    role: str
    institution: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A goal serves `parent`; weights of one parent's children add to 100."""

    child: str
    parent: str
    weight: Decimal
    rule: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The technical sheet around a goal's numbers, with what it answers to.

    `objectives` are (framework, code); `variables` (name, label, unit, accumulation), only of a
    computed indicator.
    """

    assumption: str
    target_population: str
    objectives: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    disaggregations: tuple[str, ...]
    periodicity: str
    definition: str
    formula: str
    source: str
    means_of_verification: str
    publication_lag_days: int
    baseline: Decimal | None
    variables: tuple[tuple[str, str, str, str], ...] = ()
    thresholds: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, its indicator and its numbers. `executed` None: nobody reported that quarter."""

    code: str
    slug: str
    level: str
    text: str
    sector: str
    institution: str | None
    responsible: str
    chain_position: str
    is_prioritised: bool
    unit: str
    sense: str
    accumulation: str
    across_years: str
    baseline: Decimal | None
    tolerance: Decimal | None
    planned: Mapping[str, Decimal]
    executed: Mapping[str, Decimal | None]
    causes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    products: tuple[str, ...] = ()
    sheet: SheetRow | None = None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product of a plan; its code is `institution.year.objective.number`."""

    code: str
    number: int
    name: str
    unit_code: str
    periodicity_code: str
    annual_output: Decimal | None
    planned: Mapping[str, Decimal]
    executed: Mapping[str, Decimal | None]
    causes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective with its one result and its one operational objective."""

    number: int
    text: str
    result: str
    assumption: str
    target_population: str
    operational_objective: str
    products: tuple[ProductRow, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    institution: str
    fiscal_year: int
    mission: str
    vision: str
    objectives: tuple[ObjectiveRow, ...]

    @property
    def products(self) -> tuple[ProductRow, ...]:
        return tuple(product for objective in self.objectives for product in objective.products)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A quarter's round; `closed_at` None while it is open."""

    period: str
    opens_on: date
    closes_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of a goal's indicator or of a product: exactly one of the two codes is set.

    `replaced` is what a corrected value said first.
    """

    goal: str | None
    product: str | None
    value: Decimal | None
    state: str
    cause_category: str = ""
    cause: str = ""
    observation: str = ""
    reported_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    version: int = 1
    replaced: Decimal | None = None
    has_no_denominator: bool = False


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What an institution sent, or began to write, for a quarter; `prepared_at` when it waits
    for its head authority."""

    institution: str
    period: str
    state: str
    reported_by: str
    submitted_at: datetime | None
    values: tuple[ValueRow, ...]
    prepared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """Everything the demonstration loads, decided by the seed and the scale alone."""

    seed: int
    scale: int
    catalogue: Catalogue
    institutions: tuple[InstitutionFact, ...]
    people: tuple[Person, ...]
    plans: tuple[PlanRow, ...]
    goals: tuple[GoalRow, ...]
    links: tuple[Link, ...]
    rounds: tuple[RoundRow, ...]
    reports: tuple[ReportRow, ...]
