"""The work plans of the year: Salud's second version waits, most rule, some were never begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.work_plan import Planning, begin_plan
from sigpret.apps.mesas.actions.work_plan_approval import (
    approve_plan,
    digest_of,
    note_opened,
    observe_plan,
    send_to_approval,
)
from sigpret.apps.mesas.models import (
    Accreditation,
    Mesa,
    WorkPlan,
    WorkPlanActivity,
    WorkPlanProgress,
)
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.work_plan import results_of
from sigpret.demonstration.people import DOMAIN
from sigpret.demonstration.quarters import TEGUCIGALPA
from sigpret.demonstration.tables.mesas_meetings import coordinator_of
from sigpret.demonstration.work_plans import (
    HEALTH_PLAN,
    OBJECTIVE,
    OTHER_PLAN,
    WHY,
    SaidActivity,
)

FAMILY = UUID("2b9f0a52-7f1b-4d0e-8a5e-53a1c2f0d6b4")
HEALTH, YEAR = "S18", 2026
#: Waiting with an observation; still being written; never begun (Vivienda is not constituted).
IN_APPROVAL, DRAFT, NONE = "S07", "S21", frozenset({"S08", "S22"})
#: Whose head authority has not approved the second version in Salud.
LAST_TO_APPROVE = "060"
OBSERVATION = "Falta decir quién verifica la matrícula de los centros rurales y con qué fuente."
Said = tuple[tuple[str, tuple[SaidActivity, ...]], ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """Who heads each institution in a mesa, with an account."""

    mesa: Mesa
    by_institution: Mapping[int, User]

    def planning(self, plan: WorkPlan, person: User, on: date) -> Planning:
        standing = standing_in(self.mesa, access_of(person, on=on), on=on)
        return Planning(person, standing, plan.pk)


def store_work_plans(at: datetime) -> None:
    """The plans of the mesas that have one, as their head authorities left them."""
    mesas = Mesa.objects.select_related("sector").order_by("sector__code")
    for mesa in mesas.exclude(sector__code__in=NONE):
        code = mesa.sector.code
        heads = with_accounts(mesa)
        places = list(Institution.objects.filter(sectors=mesa.sector_id).order_by("code"))
        plan = written(mesa, HEALTH_PLAN if code == HEALTH else OTHER_PLAN, places)
        if code == DRAFT:
            continue
        if code == IN_APPROVAL:
            wait(plan, heads, at)
            continue
        rule(plan, heads, places, morning(date(YEAR, 2, 18)))
        tell(plan, HEALTH_PLAN if code == HEALTH else OTHER_PLAN, coordinator_of(mesa))
        if code == HEALTH:
            change(plan, heads, at)


def with_accounts(mesa: Mesa) -> Heads:
    """Each head authority that was accredited without an account gets one nobody enters."""
    seats = list(
        Accreditation.objects.filter(mesa=mesa, level="political", ended_on=None)
        .select_related("person", "institution")
        .order_by("institution__code")
    )
    for seat in seats:
        if seat.person is None:
            seat.person = head_of(seat)
            seat.save(update_fields=["person"])
    return Heads(mesa, {seat.institution_id: seat.person for seat in seats if seat.person})


def head_of(seat: Accreditation) -> User:
    """An institution has one head, whatever mesas it is of."""
    email = f"autoridad.{seat.institution.code.lower()}@{DOMAIN}"
    found: User | None = User.objects.filter(email=email).first()
    if found is None:
        who = {"full_name": seat.full_name, "position": seat.position}
        found = User(email=email, **who, is_demo=True, is_active=False)
        found.set_unusable_password()
        found.save()
    return found


def written(mesa: Mesa, said: Said, places: Sequence[Institution]) -> WorkPlan:
    """A first version, as a draft."""
    plan = WorkPlan.objects.create(
        mesa=mesa, year=YEAR, number=1, objective=OBJECTIVE, drafted_by=coordinator_of(mesa)
    )
    by_code = {place.code: place for place in places}
    for number, (text, activities) in enumerate(said, 1):
        result = plan.results.create(number=number, text=text)
        for place, one in enumerate(activities, 1):
            row = result.activities.create(
                number=place,
                key=uuid5(FAMILY, f"{mesa.sector.code}-{number}.{place}"),
                text=one.text,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
            )
            row.institutions.set(
                by_code[who] if isinstance(who, str) else places[who % len(places)]
                for who in one.who
            )
    return plan


def rule(plan: WorkPlan, heads: Heads, places: Sequence[Institution], at: datetime) -> None:
    """Everybody approved it in February."""
    digest = digest_of(plan, results_of(plan.pk, plan.mesa_id, at.date()))
    WorkPlan.objects.filter(pk=plan.pk).update(
        state="in_force", sent_at=at - timedelta(days=6), in_force_at=at, digest=digest
    )
    plan.refresh_from_db()
    for number, place in enumerate(places):
        plan.approvals.create(
            institution=place,
            decision="approved",
            opened_at=at - timedelta(days=3, hours=number),
            decided_by=heads.by_institution[place.pk],
            decided_at=at - timedelta(hours=number),
        )


def tell(plan: WorkPlan, said: Said, by: User) -> None:
    """How far each activity is: what ended, ended on its day; the rest was told in October."""
    activities = WorkPlanActivity.objects.filter(result__plan=plan)
    keys = dict(activities.values_list("text", "key"))
    WorkPlanProgress.objects.bulk_create(
        WorkPlanProgress(
            mesa_id=plan.mesa_id,
            key=keys[one.text],
            percent=one.percent,
            note=one.note,
            told_by=by,
            told_at=morning(one.ends_on if one.percent == 100 else date(YEAR, 10, 5)),
        )
        for _text, rows in said
        for one in rows
        if one.percent
    )


def wait(plan: WorkPlan, heads: Heads, at: datetime) -> None:
    """Sent last week: one observed it, others have not opened it."""
    coordinator, sent_at = coordinator_of(plan.mesa), at - timedelta(days=6)
    on = sent_at.date()
    plan = send_to_approval(
        planning=heads.planning(plan, coordinator, on), expected_version=plan.version, at=sent_at
    )
    decided = list(plan.approvals.order_by("institution__code"))
    for number, row in enumerate(decided[:3]):
        head, moment = heads.by_institution[row.institution_id], sent_at + timedelta(days=number)
        asked = heads.planning(plan, head, on)
        where: dict[str, Any] = {
            "planning": asked,
            "institution_id": row.institution_id,
            "digest": plan.digest,
        }
        if number == 0:
            approve_plan(**where, at=moment)
        elif number == 1:
            observe_plan(**where, text=OBSERVATION, at=moment)
        else:
            note_opened(standing=asked.standing, plan_id=plan.pk, at=moment)


def change(rules: WorkPlan, heads: Heads, at: datetime) -> None:
    """The second version of Salud moves three dates; three of four approved it."""
    coordinator, sent_at = coordinator_of(rules.mesa), at - timedelta(days=5)
    on = sent_at.date()
    asked = heads.planning(rules, coordinator, on)
    plan = begin_plan(actor=coordinator, standing=asked.standing, year=YEAR, reason=WHY, at=sent_at)
    for one in (one for _text, rows in HEALTH_PLAN for one in rows if one.later):
        WorkPlanActivity.objects.filter(result__plan=plan, text=one.text).update(
            ends_on=date(YEAR, *(one.later or one.ends)), change_reason=one.why
        )
    plan = send_to_approval(
        planning=heads.planning(plan, coordinator, on), expected_version=plan.version, at=sent_at
    )
    rows = plan.approvals.exclude(institution__code=LAST_TO_APPROVE).order_by("institution__code")
    for number, row in enumerate(rows):
        approve_plan(
            planning=heads.planning(plan, heads.by_institution[row.institution_id], on),
            institution_id=row.institution_id,
            digest=plan.digest,
            at=sent_at + timedelta(days=number, hours=3),
        )


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), TEGUCIGALPA)
