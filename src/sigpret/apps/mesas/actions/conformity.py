"""Asking people whether the minutes say what happened, and what they answer."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions import minutes_letters as letters
from sigpret.apps.mesas.actions import minutes_notices as notices
from sigpret.apps.mesas.actions.minutes_papers import keep_paper
from sigpret.apps.mesas.actions.session import (
    Attendance,
    FinalMinutesError,
    MinutesError,
    close_session,
    held_meeting,
    holidays_after,
    note,
    saved,
    writable_meeting,
)
from sigpret.apps.mesas.minutes_sentences import PARTS
from sigpret.apps.mesas.models import Conformity, Meeting, MinutesVersion, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.permissions import check_can_convene
from sigpret.apps.mesas.queries.minutes_changes import changes_between
from sigpret.apps.mesas.queries.minutes_content import (
    Parts,
    latest_version,
    minutes_content,
    parts_of,
)
from sigpret.apps.mesas.queries.minutes_paper import paper_of
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas import minutes as rules
from sigpret.web.dates import day_of

LONGEST_OBSERVATION = 4000
LONGEST_REASON = 300


class IncompleteMinutesError(MinutesError):
    """The minutes lack something the guidelines ask; `parts` says what, one sentence each."""

    def __init__(self, parts: tuple[rules.Part, ...]) -> None:
        self.sentences = tuple(str(PARTS[part]) for part in parts)
        super().__init__(" ".join(self.sentences))
        self.parts = parts


class UnresolvedObservationError(MinutesError):
    """Somebody observed something and nobody has answered yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The version people are asked about; `is_new` False: the text has not changed since."""

    version: MinutesVersion
    is_new: bool
    people: int


@transaction.atomic
def ask_conformity(
    *, actor: User, standing: Standing, meeting_id: int, at: datetime, reason: str = ""
) -> Asked:
    """Fix the text as a version and ask whoever was there; a session in course ends here.

    The same text again asks nobody twice. Another text is another version, with what changed, and
    everybody is asked again. Raises PermissionDenied, MinutesError, IncompleteMinutesError,
    UnresolvedObservationError and Meeting.DoesNotExist.
    """
    check_can_convene(standing)
    meeting = writable_meeting(meeting_id, standing)
    parts = parts_of(meeting)
    check_complete(meeting, parts)
    last = latest_version(meeting)
    check_resolved(last)
    if meeting.state == MeetingState.IN_SESSION:
        close_session(meeting, at)
    content = minutes_content(meeting, parts)
    digest = rules.digest_of(content)
    if last is not None and last.digest == digest:
        return Asked(last, False, 0)
    changed = reason.strip() or "; ".join(changes_between(last.content, content)) if last else ""
    version = MinutesVersion(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest,
        reason=changed[:LONGEST_REASON],
        made_by=actor,
        made_at=at,
    )
    version.paper = keep_paper(paper_of(meeting, version, (), is_demo=settings.DEMO), at)
    version.save()
    open_for_answers(meeting, version, at)
    came = list(who_came(meeting))
    people = letters.ask_people(meeting, version, came, at=at)
    notices.tell_asked(meeting, came, at)
    note(meeting, actor, "conformity_asked", {"version": version.number, "digest": digest})
    return Asked(version, True, people)


def open_for_answers(meeting: Meeting, version: MinutesVersion, at: datetime) -> None:
    today = day_of(at)
    policy = policy_on(today)
    meeting.conformity_due_on = rules.silence_ends(
        today,
        days=policy.silence_days,
        kind=policy.silence_day_kind,
        holidays=holidays_after(today),
    )
    meeting.conformity_asked_at = at
    meeting.text_version = version.number
    meeting.state = MeetingState.CONFORMITY
    saved(meeting)


def check_complete(meeting: Meeting, parts: Parts) -> None:
    results: dict[int, list[str]] = {}
    for row in parts.agreements:
        results.setdefault(row.item_id, []).append(row.expected_result)
    lacking = rules.missing_parts(
        place=meeting.place or meeting.link,
        present=sum(person.attendance in CAME for person in parts.participants),
        topics=[
            rules.Topic(bool(item.notes.strip()), tuple(results.get(item.pk, ())))
            for item in parts.agenda
        ],
        closing=meeting.closing_notes,
    )
    if lacking:
        raise IncompleteMinutesError(lacking)


def check_resolved(version: MinutesVersion | None) -> None:
    observed = Conformity.Answer.OBSERVES
    if version and version.conformities.filter(answer=observed, resolved_at=None).exists():
        raise UnresolvedObservationError(
            _("Hay observaciones sin atender. Responda cada una antes de enviar otra versión.")
        )


CAME = (Attendance.PRESENT, Attendance.SUBSTITUTED)


def who_came(meeting: Meeting) -> QuerySet[Participant]:
    """Those who were there, or sent somebody: the ones asked."""
    return meeting.participants.filter(removed_at__isnull=True, attendance__in=CAME)


def unanswered(meeting: Meeting, version: MinutesVersion) -> QuerySet[Participant]:
    """Those asked about a version who said nothing yet."""
    said = Conformity.objects.filter(version=version, participant=OuterRef("pk"))
    return who_came(meeting).filter(~Exists(said))


@transaction.atomic
def answer_conformity(
    *, token: str, at: datetime, version_number: int, observation: str = ""
) -> Conformity:
    """What the holder of a link says of the version they read: agrees, or observes something.

    Name, moment and the version's digest are the signature. It may be changed until the minutes
    go out; the same answer twice is one. Raises Participant.DoesNotExist, MinutesError and
    FinalMinutesError.
    """
    person, version = asked_person(token, version_number)
    text = observation.strip()[:LONGEST_OBSERVATION]
    said = Conformity.Answer.OBSERVES if text else Conformity.Answer.CONFORMS
    before = Conformity.objects.filter(version=version, participant=person).first()
    if before is not None and (before.answer, before.observation) == (said, text):
        return before
    answer, _is_new = Conformity.objects.update_or_create(
        version=version,
        participant=person,
        defaults={
            "answer": said,
            "observation": text,
            "resolution": "",
            "resolved_at": None,
            "is_silent": False,
            "answered_at": at,
        },
    )
    if text:
        notices.tell_observed(person.meeting, answer.pk, text, at)
    facts = {"participant": person.pk, "version": version.number, "digest": version.digest}
    note(person.meeting, signed_in(person), f"minutes_{said}", {**facts, "observation": text})
    return answer


@transaction.atomic
def withdraw_answer(*, token: str, version_number: int) -> None:
    """Take one's answer back while the minutes have not gone out; twice is once.

    Raises Participant.DoesNotExist, MinutesError and FinalMinutesError.
    """
    person, version = asked_person(token, version_number)
    gone, _rows = Conformity.objects.filter(
        version=version, participant=person, resolved_at__isnull=True
    ).delete()
    if gone:
        facts = {"participant": person.pk, "version": version.number}
        note(person.meeting, signed_in(person), "minutes_answer_withdrawn", facts)


def signed_in(person: Participant) -> User | None:
    """The account that answers: never the absent person's, when another one came."""
    was_there = person.attendance == Attendance.PRESENT
    return person.person if was_there else None


def asked_person(token: str, version_number: int) -> tuple[Participant, MinutesVersion]:
    """The holder of a link and the version they read, with the meeting held."""
    person = Participant.objects.get(token=token, removed_at__isnull=True)
    # The same lock as the distribution: an answer comes before it or finds it done.
    held = Meeting.objects.select_for_update(of=("self",), no_key=True)
    person.meeting = held.select_related("mesa__sector").get(pk=person.meeting_id)
    if person.meeting.state == MeetingState.DISTRIBUTED:
        raise FinalMinutesError(_("La ayuda memoria ya se distribuyó: es definitiva."))
    if person.meeting.state != MeetingState.CONFORMITY or person.attendance not in CAME:
        raise MinutesError(_("Esta ayuda memoria no espera su respuesta."))
    if person.meeting.text_version != version_number:
        raise MinutesError(
            _("El texto cambió mientras usted lo leía. Lea la versión %(n)d y responda de nuevo.")
            % {"n": person.meeting.text_version}
        )
    return person, person.meeting.versions.get(number=version_number)


@transaction.atomic
def resolve_observation(
    *, actor: User, standing: Standing, meeting_id: int, observation_id: int, resolution: str,
    at: datetime,
) -> Conformity:  # fmt: skip
    """Say what was done about an observation; the same again changes nothing.

    Raises PermissionDenied, MinutesError and Conformity.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    words = resolution.strip()
    if not words:
        raise MinutesError(_("Escriba qué se hizo con la observación."))
    observation = Conformity.objects.select_related("participant").get(
        pk=observation_id, version__meeting=meeting, answer=Conformity.Answer.OBSERVES
    )
    if observation.resolution == words:
        return observation
    observation.resolution, observation.resolved_at = words, at
    observation.save(update_fields=["resolution", "resolved_at"])
    note(meeting, actor, "observation_resolved", {"observation": observation.pk, "said": words})
    return observation


@transaction.atomic
def remind_unanswered(*, actor: User, standing: Standing, meeting_id: int, at: datetime) -> int:
    """Write again to whoever has not answered, at most once a day each; how many.

    Raises PermissionDenied and MinutesError.
    """
    check_can_convene(standing)
    meeting = held_meeting(meeting_id, standing)
    version = latest_version(meeting)
    if meeting.state != MeetingState.CONFORMITY or version is None:
        raise MinutesError(_("Nadie tiene que responder ahora."))
    told = letters.remind_people(meeting, version, unanswered(meeting, version), at=at)
    if told:
        note(meeting, actor, "conformity_reminded", {"people": told, "version": version.number})
    return told
