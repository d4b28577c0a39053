"""Notices about minutes, and the reminders of the week to distribute them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from sigpret.apps.mesas.meeting_words import title_of
from sigpret.apps.mesas.minutes_kinds import (
    MINUTES_ASKED,
    MINUTES_DUE,
    MINUTES_OBSERVED,
    MINUTES_OUT,
)
from sigpret.apps.mesas.models import Designation, Meeting, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.minutes_content import code_of
from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import Kind
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.minutes import reminder_due
from sigpret.web.dates import day_of, deadline_words

#: Whoever writes the minutes and whoever sends them out.
IN_CHARGE = (Designation.Duty.TECHNICAL_COORDINATOR, Designation.Duty.SUPPORT)


def tell_asked(meeting: Meeting, people: Iterable[Participant], at: datetime) -> int:
    """One notice per version to each who was there and has an account; who sent somebody else
    has nothing to answer."""
    present = Participant.Attendance.PRESENT
    came = [person for person in people if person.attendance == present]
    return tell_each(meeting, came, MINUTES_ASKED, at)


def tell_out(meeting: Meeting, people: Iterable[Participant], at: datetime) -> int:
    return tell_each(meeting, people, MINUTES_OUT, at)


def tell_each(meeting: Meeting, people: Iterable[Participant], kind: Kind, at: datetime) -> int:
    """It leads to their own page, the same one their letter opens."""
    return sum(
        notify(
            recipients=[person.person_id],
            kind=kind.code,
            subject_key=subject_of(meeting),
            context=facts_of(meeting, meeting.conformity_due_on),
            url=reverse("mesas:conform", args=[person.conformity_key]),
            at=at,
            dedupe_key=f"{kind.code}:{meeting.pk}:{meeting.text_version}",
        )
        for person in people
        if person.person_id is not None
    )


def tell_observed(meeting: Meeting, observation_id: int, words: str, at: datetime) -> int:
    """Whoever is in charge reads what was observed in the product; the mail does not say it."""
    return notify(
        recipients=in_charge_of(meeting, at),
        kind=MINUTES_OBSERVED.code,
        subject_key=subject_of(meeting),
        context={**facts_of(meeting, meeting.minutes_due_on), "detail": words},
        url=page_of(meeting) + "#conformidad",
        at=at,
        dedupe_key=f"minutes_observed:{observation_id}:{meeting.text_version}",
    )


def send_minutes_reminders(*, at: datetime) -> int:
    """Days 3, 5 and 6 after a session whose minutes have not gone out; how many were told.

    Each is given once, however often this runs; a day on which nothing ran is made up for.
    """
    waiting = Meeting.objects.filter(
        state__in=(MeetingState.DRAFT, MeetingState.CONFORMITY), finished_at__lt=at
    )
    rows = waiting.select_related("mesa__sector", "group")
    return sum(remind_of(meeting, at) for meeting in rows)


@transaction.atomic
def remind_of(meeting: Meeting, at: datetime) -> int:
    if meeting.finished_at is None:
        return 0
    ended_on = day_of(meeting.finished_at)
    day = reminder_due(ended_on, day_of(at), policy_on(ended_on).minutes_reminders)
    if day is None:
        return 0
    return notify(
        recipients=in_charge_of(meeting, at),
        kind=MINUTES_DUE.code,
        subject_key=subject_of(meeting),
        context=facts_of(meeting, meeting.minutes_due_on),
        url=page_of(meeting),
        at=at,
        dedupe_key=f"minutes_due:{meeting.pk}:{day}",
    )


def in_charge_of(meeting: Meeting, at: datetime) -> list[int]:
    """The coordination and the support team of the mesa on a day."""
    on = day_of(at)
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    held = Designation.objects.filter(
        in_force, mesa=meeting.mesa_id, duty__in=IN_CHARGE, since__lte=on
    )
    return list(held.values_list("person_id", flat=True))


def subject_of(meeting: Meeting) -> str:
    return f"meeting:{meeting.pk}"


def page_of(meeting: Meeting) -> str:
    return reverse("mesas:meeting", args=[meeting.mesa.sector.slug, meeting.number])


def facts_of(meeting: Meeting, due: date | None) -> dict[str, Any]:
    """`due` is the last day of what the notice asks for: to answer, or to distribute."""
    return {
        "meeting": title_of(meeting),
        "code": code_of(meeting),
        "deadline": deadline_words(due),
    }
