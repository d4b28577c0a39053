"""Where the plans stand: those of past years locked, with the version each was sent as."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.contrib.auth.hashers import make_password

from sigpret.apps.accounts.models import User
from sigpret.apps.planning.models import (
    AnnualPlan,
    FormulationStep,
    PlanChange,
    PlanState,
    PlanVersion,
)
from sigpret.apps.planning.queries.content import Content, digest_of, plan_contents
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.demonstration.people import ANALYST, CAST, DOMAIN, SECOND_ANALYST, invent_name
from sigpret.demonstration.quarters import TEGUCIGALPA
from sigpret.demonstration.rows import Country
from sigpret.methodology.values import plain

YEARS = (2025, 2026, 2027)
SOURCE = "Fecha ficticia de la demostración; el inicio en febrero y la propuesta en junio, de 003"
#: The last day of each step: how many years before the plan's own, month and day.
CALENDAR = (
    ("start", 1, 2, 27), ("ceilings", 1, 5, 15), ("budget_proposal", 1, 6, 30),
    ("submission", 0, 1, 15), ("approval", 0, 1, 20), ("acceptance", 0, 1, 27), ("lock", 0, 1, 31),
)  # fmt: skip
VERSION_FIELDS = (
    "plan", "number", "occasion", "reason", "content", "digest", "made_by", "made_at",
)  # fmt: skip
FIRST = "Formulación del año"
Version = tuple[int, int, str, str, Content, int | None, datetime | None]
Past = Mapping[int, Mapping[int, Mapping[str, Decimal | None]]]
SENT, APPROVED, ACCEPTED = (8, 10), (14, 9), (20, 15)


def store_calendar() -> None:
    """The days by which the plans of each year are formulated."""
    FormulationStep.objects.bulk_create(
        FormulationStep(
            fiscal_year=year, code=code, due_on=date(year - before, month, day), source=SOURCE
        )
        for year in YEARS
        for code, before, month, day in CALENDAR
    )


def store_heads(country: Country) -> dict[str, User]:
    """Who approves each institution's plan, by its code; nobody can enter as the invented ones."""
    played = {person.institution: person.email for person in CAST if person.role == "approver"}
    found = {code: User.objects.get(email=email) for code, email in played.items() if code}
    rng = Random(f"{country.seed}/heads")
    taken = {person.full_name for person in country.people}
    password = make_password(None)
    heads = {
        fact.code: User(
            email=f"autoridad.{fact.code.lower()}@{DOMAIN}",
            full_name=invent_name(taken, rng),
            position=f"Máxima autoridad de {fact.acronym or fact.name}"[:200],
            password=password,
            is_demo=True,
            is_active=False,
        )
        for fact in country.institutions
        if fact.code not in found
    }
    User.objects.bulk_create(heads.values())
    return found | heads


def lock_past_plans(
    planners: Mapping[str, User], heads: Mapping[str, User], people: Mapping[str, User]
) -> None:
    """Every plan stored so far went through its steps in January of its year."""
    plans = list(AnnualPlan.objects.select_related("institution").order_by("pk"))
    analysts = (people[ANALYST], people[SECOND_ANALYST])
    for place, plan in enumerate(plans):
        code, days = plan.institution.code, timedelta(days=place % 5)
        plan.state = PlanState.LOCKED
        plan.submitted_by, plan.submitted_at = planners[code], january(plan, SENT) + days
        plan.approved_by, plan.approved_at = heads[code], january(plan, APPROVED) + days
        plan.accepted_by, plan.accepted_at = analysts[place % 2], january(plan, ACCEPTED) + days
        plan.locked_at = january(plan, (31, 8))
    AnnualPlan.objects.bulk_update(
        plans,
        [
            "state", "submitted_by", "submitted_at", "approved_by", "approved_at", "accepted_by",
            "accepted_at", "locked_at",
        ],
        batch_size=200,
    )  # fmt: skip


def keep_sent_versions(past: Past) -> None:
    """The first version of every locked plan is what was sent; the second, what was accepted.

    `past` is what plans with an accepted change said before it.
    """
    plans = list(AnnualPlan.objects.filter(state=PlanState.LOCKED))
    contents = plan_contents(plans)
    changes = PlanChange.objects.filter(state="accepted")
    accepted = {change.plan_id: change for change in changes}
    rows: list[Version] = []
    for plan in plans:
        content, sent = contents[plan.pk], (plan.submitted_by_id, plan.submitted_at)
        was = content if plan.pk not in past else as_it_was(content, past[plan.pk])
        rows.append((plan.pk, 1, PlanVersion.Occasion.SUBMITTED, FIRST, was, *sent))
        if (change := accepted.get(plan.pk)) is not None:
            why = f"Cambio n.º {change.number}: {change.reason}"
            when = (change.decided_by_id, change.decided_at)
            rows.append((plan.pk, 2, PlanVersion.Occasion.CHANGED, why, content, *when))
    copy_versions(rows)


def as_it_was(content: Content, past: Mapping[int, Mapping[str, Decimal | None]]) -> Content:
    """The plan before a change of the quarters of some products."""
    before: Content = json.loads(json.dumps(content))
    for objective in before["objectives"]:
        for group in objective["operational"]:
            for product in group["products"]:
                quarters = past.get(product["id"], {})
                product["quarters"] |= {
                    code: plain(value)
                    for code, value in quarters.items()
                    if "-Q" in code and value is not None
                }
    return before


def copy_versions(rows: Iterable[Version]) -> None:
    """Versions of plans in one statement: plan, number, occasion, reason, content, who, when."""
    ready = [
        (plan, number, occasion, reason, json.dumps(content), digest_of(content), who, at)
        for plan, number, occasion, reason, content, who, at in rows
    ]
    copy_rows(PlanVersion, VERSION_FIELDS, ready)


def january(plan: AnnualPlan, moment: tuple[int, int]) -> datetime:
    day, hour = moment
    return datetime(plan.fiscal_year, 1, day, hour, 20, tzinfo=TEGUCIGALPA)
