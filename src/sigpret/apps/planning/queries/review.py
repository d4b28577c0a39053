"""A plan as whoever reviews it reads it: each row with what was observed and what is doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext

from sigpret.apps.institutions.queries import approvers_of
from sigpret.apps.planning.models import AnnualPlan, PlanObservation, PlanState
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code
from sigpret.apps.planning.queries.coherence import findings_of
from sigpret.apps.planning.queries.content import Content, plan_content
from sigpret.methodology.plans.facts import Finding
from sigpret.web.dates import day_of


@dataclass(frozen=True, slots=True)
class ObservationFacts:
    """What was asked to mend and what was answered; `is_sent`: the institution reads it."""

    id: int
    text: str
    who: str
    at: datetime
    is_sent: bool
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.is_sent and self.answered_at is None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A product: quantities as numbers, None where nothing is programmed."""

    id: int
    code: str
    name: str
    unit: str
    periodicity: str
    annual_output: Decimal | None
    quarters: tuple[Decimal | None, ...]
    means_of_verification: str
    observations: tuple[ObservationFacts, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewObjective:
    number: int
    text: str
    results: tuple[str, ...]
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One warning and every row it is said of, by code; none when it is of the whole plan."""

    sentence: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanReview:
    """The whole plan under review. `about_plan` are the observations of no row.

    `errors` are those nobody sends a plan with; `to_explain` those it is sent with, saying why:
    `ceiling_reason`. `doubts` are the `warnings`, each sentence once.
    """

    id: int
    version: int
    state: str
    word: str
    return_reason: str
    objectives: tuple[ReviewObjective, ...]
    about_plan: tuple[ObservationFacts, ...]
    errors: tuple[str, ...]
    to_explain: tuple[str, ...]
    warnings: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    ceiling_reason: str

    @property
    def observations(self) -> tuple[ObservationFacts, ...]:
        rows = [row for objective in self.objectives for row in objective.rows]
        return (*self.about_plan, *(one for row in rows for one in row.observations))

    @property
    def unsent(self) -> int:
        return sum(not one.is_sent for one in self.observations)

    @property
    def waiting(self) -> int:
        return sum(one.is_waiting for one in self.observations)

    @property
    def products(self) -> int:
        return sum(len(objective.rows) for objective in self.objectives)


def find_plan(fiscal_year: int, code: str) -> AnnualPlan | None:
    """The plan of an institution for a year, with its institution; None when there is none."""
    rows = AnnualPlan.objects.select_related("institution")
    return rows.filter(fiscal_year=fiscal_year, institution__code=code).first()


def plan_review(plan: AnnualPlan, *, shows_unsent: bool) -> PlanReview:
    """The plan with its observations and findings. `shows_unsent` only for who writes them."""
    observations = observations_of(plan, shows_unsent=shows_unsent)
    findings = findings_of(plan)
    content = plan_content(plan)
    said = sentences_by_product(findings)
    return PlanReview(
        id=plan.pk,
        version=plan.version,
        state=plan.state,
        word=str(PlanState(plan.state).label),
        return_reason=plan.return_reason,
        objectives=tuple(
            objective_of(one, plan.fiscal_year, observations, said) for one in content["objectives"]
        ),
        about_plan=observations.get(None, ()),
        errors=sentences(one for one in findings if one.stops),
        to_explain=sentences(one for one in findings if one.is_error and not one.stops),
        warnings=sentences(one for one in findings if not one.is_error),
        doubts=doubts_of(one for one in findings if not one.is_error),
        ceiling_reason=plan.ceiling_reason,
    )


def approvers_words(plan: AnnualPlan, sender: int | None, at: datetime) -> tuple[str, ...]:
    """The names of those who may approve what this person sends."""
    people = approvers_of(plan.institution_id, on=day_of(at), besides=sender)
    return tuple(person.full_name for person in people)


def observations_of(
    plan: AnnualPlan, *, shows_unsent: bool
) -> dict[int | None, tuple[ObservationFacts, ...]]:
    """By product, those of the whole plan under None; one statement."""
    rows = PlanObservation.objects.filter(plan=plan).select_related("made_by", "resolved_by")
    if not shows_unsent:
        rows = rows.filter(is_sent=True)
    found: defaultdict[int | None, list[ObservationFacts]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.product_id].append(
            ObservationFacts(
                id=row.pk,
                text=row.text,
                who=row.made_by.full_name,
                at=row.made_at,
                is_sent=row.is_sent,
                answer=row.answer,
                answered_by=row.resolved_by.full_name if row.resolved_by else "",
                answered_at=row.resolved_at,
            )
        )
    return {product: tuple(several) for product, several in found.items()}


def objective_of(
    content: Content,
    year: int,
    observations: Mapping[int | None, tuple[ObservationFacts, ...]],
    said: Mapping[int, tuple[str, ...]],
) -> ReviewObjective:
    return ReviewObjective(
        number=content["number"],
        text=content["text"],
        results=tuple(result["text"] for result in content["results"]),
        rows=tuple(
            ReviewRow(
                id=product["id"],
                code=f"{content['number']}.{product['number']}",
                name=product["name"],
                unit=product["unit"],
                periodicity=product["periodicity"],
                annual_output=amount(product["annual_output"]),
                quarters=tuple(
                    amount(product["quarters"].get(period_code(year, quarter)))
                    for quarter in QUARTER_NUMBERS
                ),
                means_of_verification=product["means_of_verification"],
                observations=observations.get(product["id"], ()),
                findings=said.get(product["id"], ()),
            )
            for group in content["operational"]
            for product in group["products"]
        ),
    )


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def sentences(findings: Iterable[Finding]) -> tuple[str, ...]:
    """`2.6: Los trimestres suman 5…`, in the order of the rules."""
    return tuple(
        f"{one.label}: {one.sentence(gettext)}" if one.label else one.sentence(gettext)
        for one in findings
    )


def doubts_of(findings: Iterable[Finding]) -> tuple[Doubt, ...]:
    """What is said of thirty rows is read once, in the order it is first found."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in findings:
        found[one.sentence(gettext)].extend([one.label] if one.label else [])
    return tuple(Doubt(sentence, tuple(codes)) for sentence, codes in found.items())


def sentences_by_product(findings: tuple[Finding, ...]) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in findings:
        if one.product_id is not None:
            found[one.product_id].append(one.sentence(gettext))
    return {product: tuple(several) for product, several in found.items()}
