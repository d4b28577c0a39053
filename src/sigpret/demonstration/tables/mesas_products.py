"""What three mesas produced: bottlenecks, strategies, diagnosis, reports, plans they read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import bottlenecks as necks
from sigpret.apps.mesas.actions.mechanisms import TypedMechanism, add_mechanism
from sigpret.apps.mesas.actions.plan_reviews import Reviewing, review_plan
from sigpret.apps.mesas.actions.proposals import Proposal, Proposing, decide_proposal, propose
from sigpret.apps.mesas.actions.strategies import (
    TypedOption,
    TypedStrategy,
    begin_strategy,
    recommend,
    save_option,
)
from sigpret.apps.mesas.actions.written_products import begin_product, save_section
from sigpret.apps.mesas.models import Bottleneck, Designation, Mesa, Strategy
from sigpret.apps.mesas.queries import Standing, standing_in
from sigpret.apps.mesas.queries.plan_reviews import plan_reviews
from sigpret.apps.results.models import Goal
from sigpret.demonstration.products_said import (
    CONCLUSIONS,
    MECHANISMS,
    NECKS,
    REQUEST,
    REVIEWED,
    STRATEGIES,
    SaidNeck,
    SaidStrategy,
)
from sigpret.demonstration.tables.mesas_meetings import coordinator_of
from sigpret.web.dates import day_of

HEALTH, EDUCATION, WATER = "S18", "S07", "S02"
Duty = Designation.Duty


@dataclass(frozen=True, slots=True)
class Scene:
    """A mesa with who proposes, who decides, its goals and its institutions."""

    mesa: Mesa
    technical: User
    political: User
    goals: tuple[int, ...]
    places: tuple[Institution, ...]

    def standing(self, person: User, at: datetime) -> Standing:
        on = day_of(at)
        return standing_in(self.mesa, access_of(person, on=on), on=on)

    def proposing(self, subject: Proposal, person: User, at: datetime) -> Proposing:
        subject.refresh_from_db()
        standing = self.standing(person, at)
        return Proposing(person, standing, type(subject), subject.pk, subject.version, at)


def store_products(at: datetime) -> None:
    """Salud has every product in some state; two other mesas began theirs."""
    rows = Mesa.objects.filter(sector__code__in=(HEALTH, EDUCATION, WATER))
    for mesa in rows.select_related("sector"):
        scene = scene_of(mesa)
        if mesa.sector.code == HEALTH:
            store_all(scene, at)
        else:
            begin_some(scene, at)


def scene_of(mesa: Mesa) -> Scene:
    held = Designation.objects.filter(
        mesa=mesa, duty=Duty.POLITICAL_COORDINATOR, until__isnull=True
    )
    goals = Goal.objects.filter(sector=mesa.sector_id, level=Goal.Level.SECTORAL)
    places = Institution.objects.filter(sectors=mesa.sector_id).order_by("code")
    return Scene(
        mesa,
        coordinator_of(mesa),
        held.select_related("person").get().person,
        tuple(goals.order_by("code").values_list("pk", flat=True)),
        tuple(places),
    )


def store_all(scene: Scene, at: datetime) -> None:
    found = [hold_back(scene, said, at) for said in NECKS]
    for said, neck in zip(STRATEGIES, (found[0], found[1], None), strict=True):
        plan(scene, said, neck, at)
    write_diagnosis(scene, at)
    write_report(scene, "2026-Q2", at - timedelta(days=70), is_decided=True)
    write_report(scene, "2026-Q3", at - timedelta(days=3), is_decided=False)
    for number, (text, source, frequency) in enumerate(MECHANISMS):
        place = scene.places[number % len(scene.places)]
        goal = scene.goals[number % len(scene.goals)]
        typed = TypedMechanism(text, source, frequency, place.pk, goal_id=goal)
        standing = scene.standing(scene.technical, at)
        add_mechanism(actor=scene.technical, standing=standing, typed=typed)
    read_plans(scene, at - timedelta(days=12))


def begin_some(scene: Scene, at: datetime) -> None:
    hold_back(scene, NECKS[1], at)
    plan(scene, STRATEGIES[2], None, at)
    begin_product(
        actor=scene.technical,
        standing=scene.standing(scene.technical, at),
        kind="diagnosis",
        year=at.year,
        period="",
        at=at - timedelta(days=9),
    )


def hold_back(scene: Scene, said: SaidNeck, at: datetime) -> Bottleneck:
    """A bottleneck from the day it was found to how far it came."""
    found = at - timedelta(days=said.days)
    typed = necks.TypedBottleneck(
        title=said.title,
        cause=said.cause,
        severity=said.severity,
        owner_id=scene.places[0].pk,
        goal_ids=scene.goals[said.goals],
    )
    standing = scene.standing(scene.technical, at)
    neck = necks.identify(actor=scene.technical, standing=standing, typed=typed, at=found)
    if said.doing:
        necks.take_in_hand(solving=solving(scene, neck, found), text=said.doing)
    if said.solution:
        solved = found + timedelta(days=said.took)
        necks.solve(
            solving=solving(scene, neck, solved), solution=said.solution, solved_on=day_of(solved)
        )
    if said.ask:
        necks.escalate_bottleneck(
            solving=solving(scene, neck, at - timedelta(days=5)),
            to="political",
            ask=said.ask,
            reason=said.cause,
        )
    return neck


def solving(scene: Scene, neck: Bottleneck, at: datetime) -> necks.Solving:
    neck.refresh_from_db()
    standing = scene.standing(scene.technical, at)
    return necks.Solving(scene.technical, standing, neck.pk, neck.version, at)


def plan(scene: Scene, said: SaidStrategy, neck: Bottleneck | None, at: datetime) -> Strategy:
    """A strategy with its options, as far as its state says."""
    day = at - timedelta(days=said.days)
    strategy = begin_strategy(
        actor=scene.technical,
        standing=scene.standing(scene.technical, day),
        typed=TypedStrategy(said.title, said.problem, neck.pk if neck else None, scene.goals[:2]),
        at=day,
    )
    for number, option in enumerate(said.options):
        place = scene.places[number % len(scene.places)]
        who = scene.proposing(strategy, scene.technical, day)
        save_option(proposing=who, typed=TypedOption(*option, owner_id=place.pk))
    first = strategy.options.order_by("number").first()
    if said.state == "draft" or first is None:
        return strategy
    who = scene.proposing(strategy, scene.technical, day)
    recommend(proposing=who, option_id=first.pk)
    later = day + timedelta(days=2)
    propose(proposing=scene.proposing(strategy, scene.technical, later))
    if said.state == "approved":
        approve(scene, strategy, day + timedelta(days=9), said.reason)
    return strategy


def approve(scene: Scene, subject: Proposal, at: datetime, reason: str) -> None:
    who = scene.proposing(subject, scene.political, at)
    decide_proposal(proposing=who, is_approved=True, reason=reason)


def write_diagnosis(scene: Scene, at: datetime) -> None:
    """Approved in the year, and a second version in preparation."""
    first = at - timedelta(days=150)
    product = begin_product(
        actor=scene.technical,
        standing=scene.standing(scene.technical, first),
        kind="diagnosis",
        year=at.year,
        period="",
        at=first,
    )
    who = scene.proposing(product, scene.technical, first)
    save_section(proposing=who, key="conclusions", text=CONCLUSIONS, was="")
    propose(proposing=scene.proposing(product, scene.technical, first + timedelta(days=12)))
    approve(scene, product, first + timedelta(days=20), REVIEWED)
    begin_product(
        actor=scene.technical,
        standing=scene.standing(scene.technical, at),
        kind="diagnosis",
        year=at.year,
        period="",
        at=at - timedelta(days=6),
    )


def write_report(scene: Scene, period: str, at: datetime, *, is_decided: bool) -> None:
    product = begin_product(
        actor=scene.technical,
        standing=scene.standing(scene.technical, at),
        kind="progress",
        year=at.year,
        period=period,
        at=at,
    )
    who = scene.proposing(product, scene.technical, at)
    save_section(proposing=who, key="request", text=REQUEST, was="")
    propose(proposing=scene.proposing(product, scene.technical, at + timedelta(days=1)))
    if is_decided:
        approve(scene, product, at + timedelta(days=6), REVIEWED)


def read_plans(scene: Scene, at: datetime) -> None:
    """The mesa read the plans of its first three institutions."""
    for line in plan_reviews(scene.mesa, year=at.year)[:3]:
        standing = scene.standing(scene.technical, at)
        reviewing = Reviewing(scene.technical, standing, line.code, at.year, line.version, at)
        verdict = "with_findings" if line.findings else "coherent"
        text = "Vincule cada producto con su meta y complete la programación del año."
        review_plan(reviewing=reviewing, verdict=verdict, text=text if line.findings else "")
