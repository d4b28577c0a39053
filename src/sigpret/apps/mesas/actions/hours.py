"""The hours of a session, corrected by whoever was there before its minutes go out."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions.session import MinutesError, note, saved, writable_meeting
from sigpret.apps.mesas.minutes_sentences import HOURS_DOUBTS
from sigpret.apps.mesas.models import Meeting
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.methodology.mesas.minutes import doubt_about_hours
from sigpret.web.dates import day_of


@transaction.atomic
def correct_hours(
    *, actor: User, standing: Standing, meeting_id: int, began: time, ended: time, at: datetime
) -> Meeting:
    """Say at what hours, at Tegucigalpa, a session that ended was really held.

    Its days stay, and with them the week to distribute. The same hours again change nothing;
    other hours are another text, which people are asked about again. Raises PermissionDenied,
    MinutesError and Meeting.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    if meeting.started_at is None or meeting.finished_at is None:
        raise MinutesError(_("Termine la sesión: después podrá corregir sus horas."))
    before = (meeting.started_at, meeting.finished_at)
    after = (on_day_of(before[0], began), on_day_of(before[1], ended))
    if shown(before) == shown(after):
        return meeting
    doubt = doubt_about_hours(*after, at)
    if doubt is not None:
        raise MinutesError(str(HOURS_DOUBTS[doubt]))
    meeting.started_at, meeting.finished_at = after
    saved(meeting)
    note(meeting, actor, "hours_corrected", {"before": list(before), "after": list(after)})
    return meeting


def on_day_of(moment: datetime, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day_of(moment), hour.replace(second=0)))


def shown(hours: tuple[datetime, datetime]) -> list[str]:
    """As the form says them: to the minute."""
    return [f"{timezone.localtime(moment):%H:%M}" for moment in hours]
