"""The minutes as plain data: what people read and accept, what the document prints.

Names and posts of that day, never a telephone or an address. Dates are ISO texts at Tegucigalpa.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from sigpret.apps.mesas.models import AgendaItem, Agreement, Meeting, MinutesVersion, Participant
from sigpret.methodology.mesas.minutes import digest_of, minutes_code
from sigpret.web.dates import local

Content = dict[str, Any]
CAME = (Participant.Attendance.PRESENT, Participant.Attendance.SUBSTITUTED)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything minutes are made of, already read."""

    participants: Sequence[Participant]
    agenda: Sequence[AgendaItem]
    agreements: Sequence[Agreement]


def parts_of(meeting: Meeting) -> Parts:
    """The parts of a meeting; four statements."""
    return Parts(
        tuple(participants_of(meeting)), tuple(agenda_of(meeting)), tuple(agreements_of(meeting))
    )


def participants_of(meeting: Meeting) -> Iterable[Participant]:
    called = meeting.participants.filter(removed_at__isnull=True).select_related("institution")
    return called.order_by("institution_name", "full_name", "pk")


def agenda_of(meeting: Meeting) -> Iterable[AgendaItem]:
    """Each topic with `theme_names`; one statement."""
    treated = AgendaItem.themes.through.objects.filter(agendaitem=OuterRef("pk"))
    names = treated.order_by("crosscuttingtheme__name").values("crosscuttingtheme__name")
    rows = meeting.agenda.select_related("goal", "written_by").order_by("position")
    return rows.annotate(theme_names=ArraySubquery(names))


def agreements_of(meeting: Meeting) -> Iterable[Agreement]:
    rows = meeting.agreements.select_related(
        "institution", "goal", "theme", "supersedes__meeting", "from_observation__participant"
    )
    return rows.order_by("number")


def minutes_content(meeting: Meeting, parts: Parts) -> Content:
    """What the minutes say now; the mesa, its sector and the group must be at hand. No statement.

    `group` is there only when a working group met.
    """
    group = {"group": meeting.group.name} if meeting.group else {}
    return {
        **group,
        "mesa": str(meeting.mesa.sector.name),
        "meeting": meeting.number,
        "code": code_of(meeting),
        "level": meeting.level,
        "kind": meeting.kind,
        "mode": meeting.mode,
        "place": meeting.place,
        "link": meeting.link,
        "convened_at": iso(meeting.first_convened_at or meeting.convened_at),
        "early_reason": meeting.early_reason,
        "started_at": iso(meeting.started_at),
        "finished_at": iso(meeting.finished_at),
        "quorum": {"needed": meeting.quorum_needed, "present": meeting.quorum_present},
        "participants": [participant_content(person) for person in parts.participants],
        "opening": meeting.opening_notes,
        "agenda": [item_content(item, parts, meeting) for item in parts.agenda],
        "follow_up": meeting.follow_up,
        "closing": meeting.closing_notes,
    }


def code_of(meeting: Meeting) -> str:
    """`07-2026`; empty before the session."""
    if meeting.minutes_number is None or meeting.minutes_year is None:
        return ""
    return minutes_code(meeting.minutes_number, meeting.minutes_year)


def iso(moment: datetime | None) -> str:
    return local(moment).isoformat() if moment else ""


def participant_content(person: Participant) -> Content:
    # Whoever said they would send somebody may have come, or nobody came.
    was_sent = person.attendance == Participant.Attendance.SUBSTITUTED
    return {
        "name": person.full_name,
        "position": person.position,
        "institution": person.institution_name,
        "standing": person.standing,
        "attendance": person.attendance,
        "substitute": person.substitute_name if was_sent else "",
        "substitute_position": person.substitute_position if was_sent else "",
    }


def item_content(item: AgendaItem, parts: Parts, meeting: Meeting) -> Content:
    taken = [row for row in parts.agreements if row.item_id == item.pk]
    posts = {person.full_name.casefold(): person.position for person in parts.participants}
    return {
        "position": item.position,
        "title": item.title,
        "presenter": item.presenter,
        "minutes": item.minutes,
        "unplanned": item.is_unplanned,
        "goal": goal_words(item.goal),
        "themes": list(item.theme_names),  # type: ignore[attr-defined]
        "notes": item.notes,
        "agreements": [agreement_content(row, meeting, posts) for row in taken],
    }


def agreement_content(row: Agreement, meeting: Meeting, posts: Mapping[str, str]) -> Content:
    supersedes = row.supersedes
    return {
        "number": f"{meeting.number}.{row.number}",
        "text": row.text,
        "expected_result": row.expected_result,
        "institution": row.institution.name,
        "responsible": row.responsible,
        "position": posts.get(row.responsible.casefold(), ""),
        "due_on": row.agreed_due_on.isoformat(),
        "goal": goal_words(row.goal),
        "theme": str(row.theme or ""),
        "supersedes": f"{supersedes.meeting.number}.{supersedes.number}" if supersedes else "",
    }


def goal_words(goal: Any) -> str:
    return f"{goal.code} {goal.text}" if goal else ""


def digest_now(meeting: Meeting, parts: Parts) -> str:
    return digest_of(minutes_content(meeting, parts))


def latest_version(meeting: Meeting) -> MinutesVersion | None:
    """The text people were last asked about; one statement."""
    return meeting.versions.select_related("made_by").order_by("-number").first()
