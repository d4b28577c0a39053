"""Loading the country: rows in, the past closed quarter by quarter, the present evaluated."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evaluation.actions import seal_past_quarter
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.actions import evaluate_period
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Goal
from sigpret.demonstration.catalogue import read_catalogue
from sigpret.demonstration.country import digest_of, invent_country
from sigpret.demonstration.people import ADMINISTRATOR, DIRECTOR, registrar_of
from sigpret.demonstration.quarters import NOW, OPEN
from sigpret.demonstration.rows import Country
from sigpret.demonstration.tables.budget import store_budget
from sigpret.demonstration.tables.conversations import store_conversations
from sigpret.demonstration.tables.copying import analyse
from sigpret.demonstration.tables.evidence import store_evidence
from sigpret.demonstration.tables.goals import store_goals
from sigpret.demonstration.tables.mesas import store_mesas
from sigpret.demonstration.tables.mesas_agreements import store_agreements
from sigpret.demonstration.tables.mesas_meetings import store_meetings
from sigpret.demonstration.tables.mesas_minutes import store_minutes
from sigpret.demonstration.tables.mesas_plan import store_work_plans
from sigpret.demonstration.tables.mesas_products import store_products
from sigpret.demonstration.tables.next_plans import store_next_plans
from sigpret.demonstration.tables.plan_changes import store_decided_changes, store_open_changes
from sigpret.demonstration.tables.plan_steps import (
    keep_sent_versions,
    lock_past_plans,
    store_calendar,
    store_heads,
)
from sigpret.demonstration.tables.plans import store_plans
from sigpret.demonstration.tables.reports import close_without_snapshots, store_reports
from sigpret.demonstration.tables.strategic import store_strategic_plans
from sigpret.demonstration.tables.structure import (
    store_catalogues,
    store_institutions,
    store_people,
)
from sigpret.demonstration.tables.versions import store_amounts, store_versions
from sigpret.demonstration.tables.visits import store_visits
from sigpret.methodology.periods import Period

DEFAULT_SEED = 414
LOADED = "demonstration.loaded"
Progress = Callable[[str, int, int], None]


class NotEmptyError(Exception):
    """The database already holds a country; its text says which kind."""


def is_loaded() -> bool:
    """Does this database hold the demonstration?"""
    return AuditEvent.objects.filter(action=LOADED).exists()


def load_country(
    *,
    seed: int = DEFAULT_SEED,
    scale: int = 1,
    progress: Progress | None = None,
    at: datetime = NOW,
) -> None:
    """Invent the country of a seed and load it whole, or not at all.

    At scale 1 the seven past quarters are closed with their snapshots and the open one is
    evaluated. A larger country exists to be measured: only the last past quarter has snapshots.
    `progress` is called with the step's name, what is done of it and how much it is.
    Raises NotEmptyError.
    """
    say = progress or (lambda _step, _done, _total: None)
    check_is_empty()
    with transaction.atomic():
        say("Imaginando el país", 0, 1)
        country = invent_country(read_catalogue(settings.CATALOGUES), seed=seed, scale=scale)
        say("Imaginando el país", 1, 1)
        people = store_rows(country, say)
        close_past(country, people, say)
        say("Evaluando el trimestre abierto", 0, 1)
        evaluate_present(at)
        if scale == 1:
            store_minutes(at)
            store_agreements(people, at)
            store_work_plans(at)
            store_meetings(at)
            store_products(at)
            store_budget(seed)
        record(
            actor=None,
            action=LOADED,
            subject_type="country",
            subject_id=seed,
            payload={"seed": seed, "scale": scale, "digest": digest_of(country)},
        )
    say("Evaluando el trimestre abierto", 1, 1)


def check_is_empty() -> None:
    """Refuse to load twice, and never mix invented figures with real ones."""
    if is_loaded():
        raise NotEmptyError("La demostración ya está cargada en esta base de datos.")
    if any(model.objects.exists() for model in (User, Institution, Goal)):
        raise NotEmptyError(
            "Esta base de datos ya tiene personas, instituciones o metas. "
            "La demostración sólo se carga en una base vacía."
        )


def store_rows(country: Country, say: Progress) -> dict[str, User]:
    """Everything that was invented, parents first; the people by address."""
    say("Guardando instituciones y personas", 0, 1)
    store_catalogues(country.catalogue)
    institutions = store_institutions(country)
    people = store_people(country, institutions)
    say("Guardando instituciones y personas", 1, 1)
    say("Guardando planes y metas", 0, 2)
    products = store_plans(country, institutions)
    say("Guardando planes y metas", 1, 2)
    indicators = store_goals(country, institutions, products)
    say("Guardando planes y metas", 2, 2)
    say("Guardando reportes", 0, 1)
    store_reports(country, institutions, people, products, indicators)
    store_amounts()
    analyse()
    if country.scale == 1:
        store_open_changes(*take_plan_steps(country, people))
        store_evidence(institutions, people)
        store_versions(people[ADMINISTRATOR])
        store_conversations(people, NOW.isoformat())
        store_visits(people, NOW)
        store_mesas(people)
    say("Guardando reportes", 1, 1)
    return people


def take_plan_steps(
    country: Country, people: Mapping[str, User]
) -> tuple[Mapping[str, User], Mapping[str, User]]:
    """Past plans locked, next year's in every step; who plans and who answers, by institution."""
    store_calendar()
    heads = store_heads(country)
    planners = {fact.code: people[registrar_of(fact.code)] for fact in country.institutions}
    lock_past_plans(planners, heads, people)
    keep_sent_versions(store_decided_changes(planners, heads, people))
    store_next_plans(planners, heads, people)
    store_strategic_plans(planners, heads)
    return planners, heads


def close_past(country: Country, people: Mapping[str, User], say: Progress) -> None:
    """Close the rounds that were closed, oldest first, each at the moment it was."""
    past = [(row.period, row.closed_at) for row in country.rounds if row.closed_at]
    if country.scale > 1:
        close_without_snapshots(past[:-1])
        past = past[-1:]
    for done, (period, closed_at) in enumerate(past, 1):
        seal_past_quarter(
            closed_by=people[ADMINISTRATOR],
            confirmed_by=people[DIRECTOR],
            period=Period.parse(period),
            at=closed_at,
        )
        say("Cerrando los trimestres pasados", done, len(past))


def evaluate_present(at: datetime) -> None:
    period = Period.parse(OPEN)
    evaluate_period(period=period, policy=policy_for(period), at=at)
