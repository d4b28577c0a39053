"""Meetings that were held: distributed, one in conformity, one being written, one in session."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid5

from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.actions.agreeing import Agreed, add_agreement
from sigpret.apps.mesas.actions.conformity import answer_conformity, ask_conformity
from sigpret.apps.mesas.actions.convocation import convene
from sigpret.apps.mesas.actions.distribution import distribute
from sigpret.apps.mesas.actions.notes import save_notes
from sigpret.apps.mesas.actions.preparation import Preparation, Topic, prepare_meeting
from sigpret.apps.mesas.actions.session import finish_session, record_attendance, start_session
from sigpret.apps.mesas.models import AgendaItem, Meeting, Mesa, Sending
from sigpret.apps.mesas.queries.invitees import invitees
from sigpret.apps.results.models import Goal
from sigpret.demonstration.quarters import TEGUCIGALPA
from sigpret.demonstration.sessions import (
    HEALTH_SESSIONS,
    OTHER_SESSIONS,
    SaidSession,
    SaidTopic,
)
from sigpret.demonstration.tables.mesas_meetings import FAMILY, coordinator_of, standing_of

HEALTH = "S18"
#: Who met twice this year besides Salud, and how far the last minutes of two of them came.
OTHERS = ("S01", "S02", "S07", "S13", "S20")
DRAFT, SESSION = "S13", "S20"
PLACE = "Centro Cívico Gubernamental, torre 1, sala 4B"
LATE_REASON = "El equipo de apoyo atendió la emergencia por lluvias en esos días."
OBSERVATION = "Falta decir quién publica el inventario de cadena de frío y cada cuánto."
ENDED = {"distributed", "conformity", "draft"}


def store_minutes(at: datetime) -> None:
    """Every session of the year, oldest first, so that each one finds what was pending."""
    rows = Mesa.objects.filter(sector__code__in=(HEALTH, *OTHERS)).select_related("sector")
    mesas = {mesa.sector.code: mesa for mesa in rows}
    for session in HEALTH_SESSIONS:
        hold(mesas[HEALTH], session)
    for number, code in enumerate(OTHERS):
        for session in OTHER_SESSIONS:
            # From a Tuesday on, without ending on a Saturday.
            hold(mesas[code], session, shift=timedelta(days=number if number < 4 else 6))
    begin_today(mesas[SESSION], at)
    write_up(mesas[DRAFT], at)


def begin_today(mesa: Mesa, at: datetime) -> None:
    """One mesa is meeting right now."""
    said = SaidSession(at.date(), OTHER_SESSIONS[1].topics[:1], ends="in_session")
    hold(mesa, said, hour=8)


def write_up(mesa: Mesa, at: datetime) -> None:
    """One met yesterday and its scribe is still writing."""
    yesterday = at.date() - timedelta(days=1)
    hold(mesa, SaidSession(yesterday, OTHER_SESSIONS[1].topics, ends="draft"), hour=14)


def hold(
    mesa: Mesa, said: SaidSession, *, shift: timedelta = timedelta(), hour: int = 9
) -> Meeting:
    """A session from its convocation eight days before to where its minutes came."""
    starts_at = datetime.combine(said.day + shift, time(hour), TEGUCIGALPA)
    meeting = called(mesa, said, starts_at)
    who: dict[str, Any] = {"actor": coordinator_of(mesa), "standing": standing_of(mesa, starts_at)}
    asked: dict[str, Any] = {**who, "meeting_id": meeting.pk}
    start_session(**asked, at=starts_at + timedelta(minutes=5))
    mark_absences(asked, meeting)
    written(asked, meeting, said.topics, starts_at)
    if said.ends not in ENDED:
        return meeting
    finish_session(**asked, at=starts_at + timedelta(hours=2))
    if said.ends == "draft":
        return meeting
    ask_conformity(**asked, at=starts_at + timedelta(hours=3))
    answer(meeting, starts_at + timedelta(hours=5), everybody=said.ends == "distributed")
    if said.ends == "distributed":
        days = 7 + said.late_days if said.late_days else 5
        reason = LATE_REASON if said.late_days else ""
        distribute(**asked, at=starts_at + timedelta(days=days), late_reason=reason)
    arrived(meeting, starts_at)
    return meeting


def called(mesa: Mesa, said: SaidSession, starts_at: datetime) -> Meeting:
    at = starts_at - timedelta(days=8)
    who: dict[str, Any] = {"actor": coordinator_of(mesa), "standing": standing_of(mesa, starts_at)}
    draft = prepare_meeting(
        **who,
        uid=uuid5(FAMILY, f"held-{mesa.sector.code}-{starts_at:%Y%m%d}"),
        preparation=preparation_of(mesa, said.topics, starts_at),
        at=at,
    )
    meeting = convene(**who, meeting_id=draft.pk, expected_version=draft.version, at=at)
    arrived(meeting, at)
    return meeting


def preparation_of(mesa: Mesa, topics: Sequence[SaidTopic], starts_at: datetime) -> Preparation:
    goals = goals_of(mesa)
    themes = tuple(
        CrossCuttingTheme.objects.filter(is_permanent=True).order_by("name").values_list(
            "pk", flat=True
        )
    )  # fmt: skip
    return Preparation(
        level="technical",
        kind="ordinary",
        mode="in_person",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=120),
        place=PLACE,
        link="",
        early_reason="",
        topics=tuple(topic_of(topic, goals, themes) for topic in topics),
        people=invitees(mesa, "technical", on=starts_at.date()),
    )


def goals_of(mesa: Mesa) -> list[Goal]:
    return list(Goal.objects.filter(sector=mesa.sector_id).order_by("-code"))


def topic_of(said: SaidTopic, goals: Sequence[Goal], themes: tuple[int, ...]) -> Topic:
    goal = goal_of(said, goals)
    return Topic(
        title=said.title,
        minutes=25,
        presenter="Coordinación técnica",
        origin=AgendaItem.Origin.GOAL if goal else AgendaItem.Origin.OWN,
        goal_id=goal.pk if goal else None,
        theme_ids=themes if said.goal is None else (),
    )


def goal_of(said: SaidTopic, goals: Sequence[Goal]) -> Goal | None:
    if said.goal is None or not goals:
        return None
    if isinstance(said.goal, int):
        return goals[said.goal % len(goals)]
    return next((goal for goal in goals if said.goal in goal.text), goals[0])


def mark_absences(asked: dict[str, Any], meeting: Meeting) -> None:
    """Two people did not come, and one sent somebody."""
    listed = list(meeting.participants.filter(standing="accredited").order_by("pk"))
    for person in listed[-2:]:
        record_attendance(**asked, participant_id=person.pk, attendance="absent")
    if len(listed) > 4:
        record_attendance(
            **asked,
            participant_id=listed[3].pk,
            attendance="substituted",
            substitute_name="Gloria Interiano",
            substitute_position="Técnica de planificación",
        )


def written(
    asked: dict[str, Any],
    meeting: Meeting,
    topics: Sequence[SaidTopic],
    starts_at: datetime,
) -> None:
    people = list(
        meeting.participants.filter(standing="accredited", attendance="present").order_by("pk")
    )
    for item, said in zip(meeting.agenda.order_by("position"), topics, strict=True):
        at = starts_at + timedelta(minutes=20 * item.position)
        save_notes(**asked, field=str(item.pk), text=said.notes, base="", at=at)
        for one in said.agreements:
            person = people[one.place % len(people)]
            if person.institution_id is None:
                continue
            add_agreement(
                **asked,
                item_id=item.pk,
                agreed=Agreed(
                    text=one.text,
                    institution_id=person.institution_id,
                    responsible=person.full_name,
                    responsible_id=person.person_id,
                    due_on=due_on(starts_at.date(), one.days),
                    expected_result=one.result,
                    goal_id=item.goal_id if one.has_goal else None,
                ),
                at=at,
            )


def due_on(day: date, days: int) -> date:
    """A weekday that many days later."""
    due = day + timedelta(days=days)
    return due + timedelta(days=max(0, 7 - due.weekday()) if due.weekday() >= 5 else 0)


def answer(meeting: Meeting, at: datetime, *, everybody: bool) -> None:
    """Those who were there agree; in an open text five still have to, and one observes."""
    came = list(meeting.participants.filter(attendance__in=("present", "substituted")))
    came.sort(key=lambda person: person.pk)
    if not everybody:
        answer_conformity(token=came[-1].token, at=at, version_number=1, observation=OBSERVATION)
        came = came[: max(1, len(came) - 5)]
    for number, person in enumerate(came):
        answer_conformity(token=person.token, at=at + timedelta(minutes=number), version_number=1)


def arrived(meeting: Meeting, at: datetime) -> None:
    """The mail of the past left when it was queued."""
    waiting = Sending.objects.filter(participant__meeting=meeting, state=Sending.State.QUEUED)
    waiting.update(state=Sending.State.SENT, sent_at=at, attempts=1)
