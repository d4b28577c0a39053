"""What minutes ask of each person: conformity, an answer to an observation, sending them out."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.meeting_words import title_of
from sigpret.apps.mesas.models import Conformity, Designation, Meeting, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.minutes_content import code_of
from sigpret.web.dates import TEGUCIGALPA, day_of
from sigpret.web.pending import URGENT, PendingTask

State = MeetingState
#: What the coordination does next, by where the meeting stands once its hour has passed.
STEPS = {
    State.CONVENED: gettext_lazy("Registrar la reunión que ya pasó, o decir que no se hizo"),
    State.RESCHEDULED: gettext_lazy("Registrar la reunión que ya pasó, o decir que no se hizo"),
    State.IN_SESSION: gettext_lazy("Terminar la sesión del acta %(code)s"),
    State.DRAFT: gettext_lazy("Pedir conformidad con la ayuda memoria %(code)s"),
    State.CONFORMITY: gettext_lazy("Distribuir la ayuda memoria %(code)s"),
}
#: The day of a deadline ends at its last minute.
END_OF_DAY = time(23, 59)


def minutes_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The tasks of a person at a moment; two statements."""
    if access.user_id is None:
        return
    yield from conformity_tasks(access.user_id, now)
    yield from distribution_tasks(access.user_id, now)


def conformity_tasks(person_id: int, now: datetime) -> Iterator[PendingTask]:
    """Minutes that wait for this person's conformity."""
    said = Conformity.objects.filter(
        participant=OuterRef("pk"), version__number=OuterRef("meeting__text_version")
    )
    asked = Participant.objects.filter(
        ~Exists(said),
        person_id=person_id,
        removed_at__isnull=True,
        attendance=Participant.Attendance.PRESENT,
        meeting__state=State.CONFORMITY,
    )
    for row in asked.select_related("meeting__mesa__sector", "meeting__group"):
        meeting = row.meeting
        yield task(
            meeting,
            title=_("Dar conformidad con la ayuda memoria %(code)s"),
            url=reverse("mesas:conform", args=[row.conformity_key]),
            action=_("Leer"),
            icon="signature",
            due=meeting.conformity_due_on,
            now=now,
        )


def distribution_tasks(person_id: int, now: datetime) -> Iterator[PendingTask]:
    """Minutes this person coordinates and that have not gone out, begun or forgotten."""
    today = day_of(now)
    mine = Designation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        mesa=OuterRef("mesa"),
        person_id=person_id,
        duty=Designation.Duty.TECHNICAL_COORDINATOR,
        since__lte=today,
    )
    forgotten = Q(state__in=(State.CONVENED, State.RESCHEDULED, State.IN_SESSION), ends_at__lt=now)
    waiting = Meeting.objects.filter(
        Exists(mine), forgotten | Q(state__in=(State.DRAFT, State.CONFORMITY))
    )
    for meeting in waiting.select_related("mesa__sector", "group"):
        yield task(
            meeting,
            title=STEPS[State(meeting.state)],
            url=reverse("mesas:meeting", args=[meeting.mesa.sector.slug, meeting.number]),
            action=_("Abrir"),
            icon="document",
            due=meeting.minutes_due_on or day_of(meeting.ends_at),
            now=now,
        )


def task(
    meeting: Meeting,
    *,
    title: str | Promise,
    url: str,
    action: str,
    icon: str,
    due: date | None,
    now: datetime,
) -> PendingTask:
    until = datetime.combine(due, END_OF_DAY, TEGUCIGALPA) if due else None
    return PendingTask(
        title=str(title) % {"code": code_of(meeting)},
        detail=title_of(meeting),
        url=url,
        action=action,
        icon=icon,
        due_at=until,
        is_urgent=until is not None and until - now < URGENT,
    )
