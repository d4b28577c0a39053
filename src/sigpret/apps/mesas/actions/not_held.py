"""A session that was started and not held: its number stays, and its minutes say so."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions.session import (
    Attendance,
    MinutesError,
    close_session,
    counted,
    note,
    writable_meeting,
)
from sigpret.apps.mesas.models import Meeting
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.standing import Standing


@transaction.atomic
def tell_not_held(
    *, actor: User, standing: Standing, meeting_id: int, reason: str, at: datetime
) -> Meeting:
    """Write down that nobody met, and why: the closing of its minutes. The session ends.

    Marking somebody present takes it back. Twice is once. Raises PermissionDenied, MinutesError
    and Meeting.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    why = reason.strip()
    if not why:
        raise MinutesError(_("Escriba por qué no se realizó la sesión."))
    if meeting.agreements.exists():
        raise MinutesError(_("Esta sesión tiene acuerdos: retírelos antes de decir que no fue."))
    people = meeting.participants.filter(removed_at__isnull=True)
    came = people.exclude(attendance=Attendance.ABSENT)
    if meeting.closing_notes == why and not came.exists():
        return meeting
    came.update(attendance=Attendance.ABSENT, substitute_name="", substitute_position="")
    meeting.closing_notes = why
    if meeting.state == MeetingState.IN_SESSION:
        close_session(meeting, at)
    else:
        counted(meeting)
    note(meeting, actor, "not_held", {"reason": why})
    return meeting
