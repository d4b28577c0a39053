"""Files that go with a meeting: examined and kept as any other, once each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.evidence.actions.keeping import kept_file, read_within_limit
from sigpret.apps.evidence.names import clean_name
from sigpret.apps.mesas.actions.convocation import reschedule
from sigpret.apps.mesas.actions.preparation import (
    MeetingError,
    Preparation,
    held_meeting,
    note,
)
from sigpret.apps.mesas.models import Attachment
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries import Standing
from sigpret.intake.files.kinds import KINDS

MOST_PAPERS = 10
CLOSED = (MeetingState.DISTRIBUTED, MeetingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class PaperChanges:
    """The files that go off a meeting, by id, and those that come, as they were called."""

    dropped: Sequence[int] = ()
    added: Sequence[tuple[str, BinaryIO]] = ()


@transaction.atomic
def change_with_papers(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    papers: PaperChanges,
    preparation: Preparation,
    expected_version: int,
    at: datetime,
) -> tuple[str, ...]:
    """Change a convened meeting and its files: the files before the mail that carries them, and
    neither when the change is refused. Why each file that was not kept was not.

    Raises as `reschedule`.
    """
    refusals = change_papers(
        actor=actor, standing=standing, meeting_id=meeting_id, papers=papers, at=at
    )
    reschedule(
        actor=actor,
        standing=standing,
        meeting_id=meeting_id,
        preparation=preparation,
        expected_version=expected_version,
        at=at,
    )
    return refusals


def change_papers(
    *, actor: User, standing: Standing, meeting_id: int, papers: PaperChanges, at: datetime
) -> tuple[str, ...]:
    """Each file on its own: one that cannot be kept does not lose the others. Why it was not.

    Raises PermissionDenied and Meeting.DoesNotExist.
    """
    refusals = []
    for paper in papers.dropped:
        drop_paper(actor=actor, standing=standing, meeting_id=meeting_id, paper_id=paper)
    for name, file in papers.added:
        try:
            add_paper(
                actor=actor, standing=standing, meeting_id=meeting_id, name=name, file=file, at=at
            )
        except (RefusedEvidenceError, MeetingError) as refusal:
            refusals.append(f"{name}: {refusal}")
    return tuple(refusals)


@transaction.atomic
def add_paper(
    *, actor: User, standing: Standing, meeting_id: int, name: str, file: BinaryIO, at: datetime
) -> bool:
    """Attach a file to a meeting; whether it is new.

    Raises PermissionDenied, RefusedEvidenceError, MeetingError and Meeting.DoesNotExist.
    """
    check_can_write(standing)
    meeting = held_meeting(meeting_id, standing, None)
    if meeting.state in CLOSED:
        raise MeetingError(_("Esta reunión ya no recibe adjuntos."))
    if meeting.attachments.count() >= MOST_PAPERS:
        raise MeetingError(_("Una reunión lleva a lo sumo 10 adjuntos."))
    data = read_within_limit(file)
    kept = kept_file(data, storage.digest_of(data), name=name, at=at)
    paper, is_new = Attachment.objects.get_or_create(
        meeting=meeting,
        file=kept,
        defaults={
            "name": clean_name(name, KINDS[kept.media_type]),
            "added_by": actor,
            "added_at": at,
        },
    )
    if is_new:
        note(meeting, actor, "paper_added", paper=paper.pk, sha256=kept.sha256)
    return is_new


@transaction.atomic
def drop_paper(*, actor: User, standing: Standing, meeting_id: int, paper_id: int) -> bool:
    """Take a file off a meeting, unless it is its agenda; whether it was there.

    Raises PermissionDenied, MeetingError and Meeting.DoesNotExist.
    """
    check_can_write(standing)
    meeting = held_meeting(meeting_id, standing, None)
    if meeting.state in CLOSED:
        raise MeetingError(_("Esta reunión ya no cambia sus adjuntos."))
    dropped, _models = meeting.attachments.filter(pk=paper_id, is_agenda=False).delete()
    if dropped:
        note(meeting, actor, "paper_dropped", paper=paper_id)
    return bool(dropped)
