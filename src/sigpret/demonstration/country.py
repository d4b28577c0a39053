"""The whole invented country, from a seed: the same seed gives the same rows, always."""

import hashlib
from collections.abc import Sequence
from random import Random

from sigpret.demonstration.catalogue import Catalogue, enlarged
from sigpret.demonstration.goals import invent_goals, with_products
from sigpret.demonstration.people import invent_people
from sigpret.demonstration.plans import invent_plans
from sigpret.demonstration.quarters import rounds
from sigpret.demonstration.reports import invent_reports
from sigpret.demonstration.rows import Country, GoalRow, PlanRow
from sigpret.demonstration.sheets import with_sheets


def invent_country(catalogue: Catalogue, *, seed: int, scale: int = 1) -> Country:
    """Institutions, goals, plans and eight quarters of reports.

    `scale` multiplies institutions, sectoral and institutional goals and products; the 48
    presidential goals stay. Each noun has a generator of its own, so that a change in one
    does not stir the others.
    """
    institutions = enlarged(catalogue, scale, chance(seed, "institutions"))
    codes = [institution.code for institution in institutions]
    goals, links = invent_goals(catalogue, institutions, scale, chance(seed, "goals"))
    plans = invent_plans(catalogue, institutions, chance(seed, "plans"))
    held = rounds()
    return Country(
        seed=seed,
        scale=scale,
        catalogue=catalogue,
        institutions=institutions,
        people=invent_people(institutions, chance(seed, "people")),
        plans=plans,
        goals=with_sheets(
            linked_to_products(goals, plans, chance(seed, "products")), chance(seed, "sheets")
        ),
        links=links,
        rounds=held,
        reports=invent_reports(goals, plans, held, codes, chance(seed, "reports")),
    )


def chance(seed: int, noun: str) -> Random:
    return Random(f"{seed}/{noun}")


def linked_to_products(
    goals: Sequence[GoalRow], plans: Sequence[PlanRow], rng: Random
) -> tuple[GoalRow, ...]:
    """Institutional goals linked to products of their institution's latest plan."""
    latest = {
        plan.institution: [product.code for product in plan.products]
        for plan in sorted(plans, key=lambda plan: plan.fiscal_year)
    }
    return tuple(with_products(goal, latest.get(goal.institution or "", ()), rng) for goal in goals)


def digest_of(country: Country) -> str:
    """SHA-256 of every row: two countries with the same digest are the same."""
    digest = hashlib.sha256()
    for rows in (
        country.institutions, country.people, country.plans, country.goals, country.links,
        country.rounds, country.reports,
    ):  # fmt: skip
        for row in rows:
            digest.update(repr(row).encode())
    return digest.hexdigest()
