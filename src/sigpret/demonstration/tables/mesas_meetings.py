"""Meetings to come: two convened with their answers, one moved, one cancelled, one prepared."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.answers import answer_invitation
from sigpret.apps.mesas.actions.convocation import cancel, convene, reschedule
from sigpret.apps.mesas.actions.preparation import Preparation, Topic, prepare_meeting
from sigpret.apps.mesas.models import Designation, Meeting, Mesa, Sending
from sigpret.apps.mesas.queries import Standing, standing_in
from sigpret.apps.mesas.queries.agenda_proposal import ProposedTopic, agenda_proposal
from sigpret.apps.mesas.queries.invitees import invitees
from sigpret.demonstration.quarters import TEGUCIGALPA

FAMILY = UUID("6a0f5c7e-3a52-4b39-9d0b-6f1d4a8d2b10")
EDUCATION, WATER, TOURISM, ENERGY, HEALTH = "S07", "S02", "S21", "S08", "S18"
PLACES = {
    EDUCATION: "Secretaría de Educación, salón Ramón Rosa",
    WATER: "SANAA, sala de juntas",
    TOURISM: "Instituto Hondureño de Turismo, sala 2",
    ENERGY: "Secretaría de Energía, sala de reuniones",
    HEALTH: "Centro Cívico Gubernamental, torre 1, sala 4B",
}
ANSWERS = ("will_come", "will_come", "will_come", "sends_other", "none", "will_not", "none")
Duty = Designation.Duty


def store_meetings(at: datetime) -> None:
    """What is on the calendars of four mesas on the day of the demonstration: once its goals are
    evaluated, because their agendas come from them."""
    rows = Mesa.objects.filter(sector__code__in=PLACES).select_related("sector")
    mesas = {mesa.sector.code: mesa for mesa in rows}
    answered = called(mesas[EDUCATION], EDUCATION, on_day(at, 7), at - timedelta(days=2))
    answer(answered, at - timedelta(days=1))
    next_one = called(mesas[HEALTH], HEALTH, on_day(at, 16), at - timedelta(hours=20))
    answer(next_one, at - timedelta(hours=2))
    moved = called(mesas[WATER], WATER, on_day(at, 6), at - timedelta(days=4))
    move(moved, on_day(at, 9), at - timedelta(days=1))
    off = called(mesas[TOURISM], TOURISM, on_day(at, 8), at - timedelta(days=3))
    call_off(off, at - timedelta(days=1))
    prepared(mesas[ENERGY], ENERGY, on_day(at, 10), at)


def on_day(at: datetime, days: int) -> datetime:
    """At nine in the morning of a day that many days later."""
    day = at.astimezone(TEGUCIGALPA).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=TEGUCIGALPA)


def coordinator_of(mesa: Mesa) -> User:
    held = Designation.objects.filter(
        mesa=mesa, duty=Duty.TECHNICAL_COORDINATOR, until__isnull=True
    )
    return held.select_related("person").get().person


def standing_of(mesa: Mesa, at: datetime) -> Standing:
    on = at.astimezone(TEGUCIGALPA).date()
    return standing_in(mesa, access_of(coordinator_of(mesa), on=on), on=on)


def preparation_of(mesa: Mesa, code: str, starts_at: datetime, at: datetime) -> Preparation:
    on = at.astimezone(TEGUCIGALPA).date()
    proposed = [topic for topic in agenda_proposal(mesa, on=on) if topic.is_included]
    return Preparation(
        level="technical",
        kind="ordinary",
        mode="in_person",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        place=PLACES[code],
        link="",
        early_reason="",
        topics=tuple(map(topic_of, proposed)) or (Topic("Plan de trabajo del sector", 30),),
        people=invitees(mesa, "technical", on=on),
    )


def topic_of(topic: ProposedTopic) -> Topic:
    return Topic(
        title=topic.title,
        minutes=topic.minutes,
        presenter=topic.presenter,
        origin=topic.origin,
        goal_id=topic.goal_id,
        reason=topic.reason,
        theme_ids=topic.theme_ids,
    )


def prepared(mesa: Mesa, code: str, starts_at: datetime, at: datetime) -> Meeting:
    return prepare_meeting(
        actor=coordinator_of(mesa),
        standing=standing_of(mesa, at),
        uid=uuid5(FAMILY, f"{code}-{starts_at:%Y%m%d}"),
        preparation=preparation_of(mesa, code, starts_at, at),
        at=at,
    )


def called(mesa: Mesa, code: str, starts_at: datetime, at: datetime) -> Meeting:
    draft = prepared(mesa, code, starts_at, at)
    meeting = convene(
        actor=coordinator_of(mesa),
        standing=standing_of(mesa, at),
        meeting_id=draft.pk,
        expected_version=draft.version,
        at=at,
    )
    arrived(meeting, at)
    return meeting


def arrived(meeting: Meeting, at: datetime) -> None:
    """The mail of the past left when it was queued."""
    waiting = Sending.objects.filter(participant__meeting=meeting, state=Sending.State.QUEUED)
    waiting.update(state=Sending.State.SENT, sent_at=at, attempts=1)


def answer(meeting: Meeting, at: datetime) -> None:
    for number, person in enumerate(meeting.participants.order_by("pk")):
        said = ANSWERS[number % len(ANSWERS)]
        if said != "none":
            answer_invitation(
                token=person.token,
                answer=said,
                note="Está de visita en las regiones." if said == "will_not" else "",
                substitute_name="Gloria Interiano" if said == "sends_other" else "",
                substitute_position="Técnica de planificación" if said == "sends_other" else "",
                at=at,
            )


def move(meeting: Meeting, starts_at: datetime, at: datetime) -> None:
    mesa = meeting.mesa
    reschedule(
        actor=coordinator_of(mesa),
        standing=standing_of(mesa, at),
        meeting_id=meeting.pk,
        preparation=preparation_of(mesa, WATER, starts_at, at),
        expected_version=meeting.version,
        at=at,
    )
    arrived(meeting, at)


def call_off(meeting: Meeting, at: datetime) -> None:
    cancel(
        actor=coordinator_of(meeting.mesa),
        standing=standing_of(meeting.mesa, at),
        meeting_id=meeting.pk,
        reason="Coincide con la reunión del Gabinete de Turismo.",
        at=at,
    )
    arrived(meeting, at)
