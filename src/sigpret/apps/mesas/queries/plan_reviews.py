"""The annual plans of a mesa's institutions beside the matrix, and what the mesa concluded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Mesa, PlanReview
from sigpret.apps.planning.models import AnnualPlan, Product
from sigpret.apps.results.models import Goal
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.mesas.coherence import Finding, PlannedGoal, PlannedProduct, findings
from sigpret.methodology.plans.quarters import year_made


@dataclass(frozen=True, slots=True)
class PlanReviewLine:
    """The plan of an institution. `findings` are what is found now; `kept` how many there were
    when the mesa read it."""

    institution_id: int
    code: str
    place: str
    name: str
    products: int
    goals: int
    findings: tuple[Finding, ...]
    verdict: str
    verdict_label: str
    note: str
    kept: int | None
    reviewed_by: str
    reviewed_at: datetime | None
    version: int

    @property
    def found(self) -> int:
        return sum(max(one.count, 1) for one in self.findings)


def plan_reviews(
    mesa: Mesa, *, year: int, institution_code: str = ""
) -> tuple[PlanReviewLine, ...]:
    """Each institution of the mesa by code, or one of them; five statements."""
    places = Institution.objects.filter(sectors=mesa.sector_id).order_by("code")
    if institution_code:
        places = places.filter(code=institution_code)
    listed = list(places)
    ids = [place.pk for place in listed]
    plans = set(
        AnnualPlan.objects.filter(institution__in=ids, fiscal_year=year).values_list(
            "institution_id", flat=True
        )
    )
    products, goals = products_of(ids, year), goals_of(ids, year)
    reviews = PlanReview.objects.filter(mesa=mesa, year=year, institution__in=ids)
    by_place = {one.institution_id: one for one in reviews.select_related("reviewed_by")}
    return tuple(
        line_of(
            place,
            by_place.get(place.pk),
            has_plan=place.pk in plans,
            products=products[place.pk],
            goals=goals[place.pk],
        )
        for place in listed
    )


def products_of(ids: Iterable[int], year: int) -> defaultdict[int, list[PlannedProduct]]:
    """The products of the year's plans, with what links them to the matrix; one statement."""
    plan = "operational_objective__objective__plan"
    rows = (
        Product.objects.filter(**{f"{plan}__institution__in": ids, f"{plan}__fiscal_year": year})
        .annotate(
            linked=Count("goals", distinct=True),
            results=Count("operational_objective__objective__results", distinct=True),
        )
        .values_list("pk", f"{plan}__institution", "number", "name", "annual_output", "linked",
                     "results")
        .order_by("operational_objective__objective__number", "number")
    )  # fmt: skip
    sums = programmed(ids, year)
    found: defaultdict[int, list[PlannedProduct]] = defaultdict(list)
    for pk, place, number, name, annual, linked, results in rows:
        total = sums.get(pk)
        found[place].append(
            PlannedProduct(
                label=f"{number}. {name}",
                has_goal=bool(linked),
                has_result=bool(results),
                is_programmed=total is not None,
                has_sum_of_year=None if annual is None or total is None else total == annual,
            )
        )
    return found


def programmed(ids: Iterable[int], year: int) -> dict[int, Decimal]:
    """The year that the quarters of each product make, as it accumulates; one statement."""
    plan = "operational_objective__objective__plan"
    rows = Product.objects.filter(
        **{f"{plan}__institution__in": ids, f"{plan}__fiscal_year": year},
        targets__period__startswith=f"{year}-",
    )
    quarters: defaultdict[tuple[int, str], list[Decimal]] = defaultdict(list)
    found = rows.order_by("targets__period").values_list("pk", "accumulation", "targets__planned")
    for pk, accumulation, planned in found:
        quarters[pk, accumulation].append(planned)
    years = {
        pk: year_made(Accumulation(accumulation), planned)
        for (pk, accumulation), planned in quarters.items()
    }
    return {pk: year for pk, year in years.items() if year is not None}


def goals_of(ids: Iterable[int], year: int) -> defaultdict[int, list[PlannedGoal]]:
    """The institutional goals, with whether some product of the year serves them."""
    plan = "products__operational_objective__objective__plan__fiscal_year"
    rows = Goal.objects.filter(institution__in=ids, level=Goal.Level.INSTITUTIONAL)
    served = set(rows.filter(**{plan: year}).values_list("pk", flat=True))
    found: defaultdict[int, list[PlannedGoal]] = defaultdict(list)
    for pk, place, code, text in rows.values_list("pk", "institution", "code", "text"):
        if place is not None:
            found[place].append(PlannedGoal(f"{code} {text}", has_product=pk in served))
    return found


def line_of(
    place: Institution,
    review: PlanReview | None,
    *,
    has_plan: bool,
    products: list[PlannedProduct],
    goals: list[PlannedGoal],
) -> PlanReviewLine:
    verdict = review.verdict if review else PlanReview.Verdict.PENDING
    return PlanReviewLine(
        institution_id=place.pk,
        code=place.code,
        place=place.acronym or place.name,
        name=place.name,
        products=len(products),
        goals=len(goals),
        findings=findings(has_plan=has_plan, products=products, goals=goals),
        verdict=verdict,
        verdict_label=str(PlanReview.Verdict(verdict).label),
        note=review.note if review else "",
        kept=sum(int(one["count"]) for one in review.findings) if review else None,
        reviewed_by=str(review.reviewed_by) if review and review.reviewed_by else "",
        reviewed_at=review.reviewed_at if review else None,
        version=review.version if review else 0,
    )
