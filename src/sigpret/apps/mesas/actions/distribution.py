"""The minutes go out: their text is final, their document is kept, everybody gets it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions import minutes_letters as letters
from sigpret.apps.mesas.actions import minutes_notices as notices
from sigpret.apps.mesas.actions.conformity import unanswered
from sigpret.apps.mesas.actions.minutes_papers import keep_paper
from sigpret.apps.mesas.actions.session import (
    MinutesError,
    held_meeting,
    note,
    saved,
)
from sigpret.apps.mesas.actions.superseding import settle_superseded
from sigpret.apps.mesas.minutes_sentences import OBSTACLES
from sigpret.apps.mesas.models import Conformity, Meeting, MinutesVersion
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.permissions import check_can_convene
from sigpret.apps.mesas.queries.minutes_content import digest_now, latest_version, parts_of
from sigpret.apps.mesas.queries.minutes_paper import paper_of, signatures_of
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas import minutes as rules
from sigpret.web.dates import day_of

LONGEST_GROUND = 500


class CannotDistributeError(MinutesError):
    """Something still holds the minutes up; `obstacles` says what."""

    def __init__(self, obstacles: tuple[rules.Obstacle, ...]) -> None:
        super().__init__(" ".join(str(OBSTACLES[obstacle]) for obstacle in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Distributed:
    """`told` people were written to; 0 when it had gone out before."""

    meeting: Meeting
    told: int


@transaction.atomic
def distribute(
    *, actor: User, standing: Standing, meeting_id: int, at: datetime, late_reason: str = "",
    is_reserved: bool = False, legal_ground: str = "",
) -> Distributed:  # fmt: skip
    """Send the minutes to everybody of the meeting; from here they and their agreements are final.

    Who did not answer in time is written down as silent. After the week it needs its reason.
    Reserved: citizens read its legal ground, which must be given, and nothing of its text.
    Distributing twice has one effect. Raises PermissionDenied, MinutesError,
    CannotDistributeError and Meeting.DoesNotExist.
    """
    check_can_convene(standing)
    meeting = held_meeting(meeting_id, standing)
    if meeting.state == MeetingState.DISTRIBUTED:
        return Distributed(meeting, 0)
    version = latest_version(meeting)
    if meeting.state != MeetingState.CONFORMITY or version is None:
        raise MinutesError(_("Pida primero la conformidad de quienes asistieron."))
    reserve(meeting, is_reserved=is_reserved, legal_ground=legal_ground)
    parts = parts_of(meeting)
    is_late = meeting.minutes_due_on is not None and day_of(at) > meeting.minutes_due_on
    check_nothing_holds(meeting, version, digest_now(meeting, parts), at, is_late, late_reason)
    write_silence(meeting, version, at)
    meeting.agreements.update(is_final=True)
    settle_superseded(actor=actor, standing=standing, meeting_id=meeting.pk, at=at)
    meeting.late_reason = late_reason.strip() if is_late else ""
    meeting.distributed_at, meeting.distributed_by = at, actor
    meeting.document_digest = version.digest
    paper = paper_of(meeting, version, signatures_of(meeting, version), is_demo=settings.DEMO)
    meeting.document = keep_paper(paper, at)
    meeting.state = MeetingState.DISTRIBUTED
    saved(meeting)
    people = list(meeting.participants.filter(removed_at__isnull=True))
    notices.tell_out(meeting, people, at)
    told = letters.send_minutes(meeting, people, parts.agreements, at=at)
    facts = {"digest": version.digest, "is_late": is_late, "is_reserved": is_reserved}
    note(meeting, actor, "distributed", {**facts, "legal_ground": meeting.legal_ground})
    return Distributed(meeting, told)


def reserve(meeting: Meeting, *, is_reserved: bool, legal_ground: str) -> None:
    """Whether citizens read the text, and what says they do not. Raises MinutesError."""
    ground = legal_ground.strip()[:LONGEST_GROUND] if is_reserved else ""
    if is_reserved and not ground:
        raise MinutesError(_("Escriba el fundamento legal de la reserva."))
    meeting.is_reserved, meeting.legal_ground = is_reserved, ground


def check_nothing_holds(
    meeting: Meeting,
    version: MinutesVersion,
    digest: str,
    at: datetime,
    is_late: bool,
    late_reason: str,
) -> None:
    today = day_of(at)
    asked_on = day_of(meeting.conformity_asked_at or at)
    holding = rules.obstacles(
        answers_to(meeting, version),
        silence_ended=meeting.conformity_due_on is not None and today > meeting.conformity_due_on,
        silence_is_consent=policy_on(asked_on).silence_is_consent,
        has_changed=digest != version.digest,
        is_late=is_late,
        late_reason=late_reason,
    )
    if holding:
        raise CannotDistributeError(holding)


def answers_to(meeting: Meeting, version: MinutesVersion) -> list[rules.Answer]:
    """What everybody asked said about a version."""
    missing = [rules.Answer.NONE] * unanswered(meeting, version).count()
    return missing + [standing_of(said) for said in version.conformities.all()]


def standing_of(said: Conformity) -> rules.Answer:
    if said.answer == Conformity.Answer.CONFORMS:
        return rules.Answer.CONFORMS
    return rules.Answer.RESOLVED if said.resolved_at else rules.Answer.OBSERVES


def write_silence(meeting: Meeting, version: MinutesVersion, at: datetime) -> None:
    """The minutes say who was asked and did not answer in the time the rule gives."""
    Conformity.objects.bulk_create(
        Conformity(
            version=version,
            participant=person,
            answer=Conformity.Answer.CONFORMS,
            is_silent=True,
            answered_at=at,
        )
        for person in unanswered(meeting, version)
    )
