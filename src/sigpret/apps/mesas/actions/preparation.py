"""Preparing a meeting: when, where, about what and with whom; nobody is told anything yet."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.models import AgendaItem, Meeting, Mesa, Participant, WorkingGroup
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.mesas.queries.invitees import Invitee

TOKEN_BYTES = 24


class MeetingError(Exception):
    """The meeting cannot be so; its text is the sentence for the person."""


class StaleMeetingError(MeetingError):
    """Somebody changed the meeting since the person read it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the agenda and the `minutes` it takes."""

    title: str
    minutes: int
    presenter: str = ""
    origin: str = AgendaItem.Origin.OWN
    goal_id: int | None = None
    reason: str = ""
    theme_ids: tuple[int, ...] = ()

    @property
    def identity(self) -> tuple[str, int | None, str]:
        """The same topic keeps its row, whoever writes the agenda again."""
        return self.origin, self.goal_id, self.title[:300]


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything a convocation says. Moments are aware; `people` are all who will be called;
    `group_id` when it is a working group that meets, not the whole mesa."""

    level: str
    kind: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    early_reason: str
    topics: tuple[Topic, ...]
    people: tuple[Invitee, ...]
    group_id: int | None = None


@transaction.atomic
def prepare_meeting(
    *, actor: User, standing: Standing, uid: UUID, preparation: Preparation, at: datetime
) -> Meeting:
    """Keep a meeting in preparation under the `uid` of its form; the same form twice is one.

    Raises PermissionDenied and MeetingError.
    """
    check_can_write(standing)
    Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    known = Meeting.objects.filter(uid=uid, mesa_id=standing.mesa_id).first()
    if known is not None:
        return known
    meeting = Meeting(
        mesa_id=standing.mesa_id, uid=uid, prepared_by=actor, prepared_at=at, version=0
    )
    write_down(meeting, preparation)
    note(meeting, actor, "prepared")
    return meeting


@transaction.atomic
def save_preparation(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    preparation: Preparation,
    expected_version: int,
    at: datetime,
) -> Meeting:
    """Write a meeting in preparation again. Raises PermissionDenied, MeetingError,
    StaleMeetingError and Meeting.DoesNotExist."""
    check_can_write(standing)
    meeting = held_meeting(meeting_id, standing, expected_version)
    if meeting.state != MeetingState.PREPARED:
        raise MeetingError(_("La reunión ya se convocó: cámbiela desde su convocatoria."))
    write_down(meeting, preparation)
    note(meeting, actor, "preparation_saved")
    return meeting


@transaction.atomic
def discard_preparation(*, actor: User, standing: Standing, meeting_id: int) -> bool:
    """Throw away a meeting nobody was called to; whether there was one. Raises PermissionDenied."""
    check_can_write(standing)
    drafts = Meeting.objects.select_for_update().filter(
        pk=meeting_id, mesa_id=standing.mesa_id, state=MeetingState.PREPARED
    )
    draft = drafts.first()
    if draft is None:
        return False
    draft.delete()
    draft.pk = meeting_id
    note(draft, actor, "preparation_discarded")
    return True


def held_meeting(meeting_id: int, standing: Standing, expected_version: int | None) -> Meeting:
    """The meeting of this mesa, held. Raises StaleMeetingError and Meeting.DoesNotExist."""
    meeting: Meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("mesa__sector", "group")
        .get(pk=meeting_id, mesa_id=standing.mesa_id)
    )
    if expected_version is not None and meeting.version != expected_version:
        raise StaleMeetingError(
            _("Otra persona cambió esta reunión mientras usted escribía. Lo suyo sigue aquí.")
        )
    return meeting


def write_down(meeting: Meeting, preparation: Preparation) -> None:
    """Every word of the preparation, its agenda in order and its people."""
    meeting.level, meeting.kind, meeting.mode = (
        preparation.level,
        preparation.kind,
        preparation.mode,
    )
    meeting.starts_at, meeting.ends_at = preparation.starts_at, preparation.ends_at
    meeting.place, meeting.link = preparation.place.strip(), preparation.link.strip()
    meeting.early_reason = preparation.early_reason.strip()
    meeting.group = chosen_group(meeting, preparation.group_id)
    meeting.version += 1
    if meeting.ends_at <= meeting.starts_at:
        raise MeetingError(_("La hora final debe ser posterior a la inicial."))
    try:
        meeting.clean_fields(exclude=["uid"])
    except ValidationError as problem:
        raise MeetingError(" ".join(problem.messages)) from problem
    meeting.save()
    write_agenda(meeting, preparation.topics)
    write_people(meeting, preparation.people)


def chosen_group(meeting: Meeting, group_id: int | None) -> WorkingGroup | None:
    """The group that meets: one of the mesa that still works, or the one it already was of.

    Raises MeetingError.
    """
    if group_id is None:
        return None
    group = WorkingGroup.objects.filter(pk=group_id, mesa_id=meeting.mesa_id).first()
    is_kept = meeting.group_id == group_id
    if group is None or (group.closed_on is not None and not is_kept):
        raise MeetingError(_("Ese grupo de trabajo ya no trabaja en la mesa. Elija otro."))
    return group


def write_agenda(meeting: Meeting, topics: Sequence[Topic]) -> None:
    """The agenda is these topics in this order; those it had keep their row."""
    known = {(item.origin, item.goal_id, item.title): item for item in meeting.agenda.all()}
    kept = [known[topic.identity].pk for topic in topics if topic.identity in known]
    meeting.agenda.exclude(pk__in=kept).delete()
    for position, topic in enumerate(topics, 1):
        item = known.pop(topic.identity, None) or AgendaItem(meeting=meeting)
        item.position, item.title, item.minutes = position, topic.title[:300], topic.minutes
        item.presenter, item.origin = topic.presenter[:200], topic.origin
        item.goal_id, item.reason = topic.goal_id, topic.reason[:300]
        item.save()
        item.themes.set(topic.theme_ids)


def write_people(meeting: Meeting, people: Sequence[Invitee]) -> None:
    """Those who are to be called; whoever is not any more is taken off, and leaves no trace
    while nobody was told anything."""
    known = {row.email.casefold(): row for row in meeting.participants.all()}
    wanted = {person.email.casefold(): person for person in people}
    off = [row.pk for email, row in known.items() if email not in wanted]
    if meeting.state == MeetingState.PREPARED:
        meeting.participants.filter(pk__in=off).delete()
    else:
        meeting.participants.filter(pk__in=off, removed_at=None).update(
            removed_at=meeting.convened_at
        )
    for email, person in wanted.items():
        row = known.get(email) or Participant(meeting=meeting, token=new_token())
        describe(row, person)
        row.removed_at = None
        row.save()


def describe(row: Participant, person: Invitee) -> None:
    """Names and posts as they are on the day people are called."""
    row.standing, row.full_name, row.email = person.standing, person.full_name, person.email
    row.position, row.institution_name = person.position, person.institution_name
    row.institution_id, row.person_id = person.institution_id, person.person_id
    row.accreditation_id = person.accreditation_id


def new_token() -> str:
    """A key nobody can guess, for the address where one person answers."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def note(meeting: Meeting, actor: User, deed: str, **payload: object) -> None:
    record(
        actor=actor,
        action=f"mesas.meeting_{deed}",
        subject_type="meeting",
        subject_id=meeting.pk,
        payload={
            "mesa": meeting.mesa_id,
            "number": meeting.number,
            "starts_at": meeting.starts_at,
            "version": meeting.version,
            **payload,
        },
    )
