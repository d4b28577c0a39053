"""What agreements and decisions ask of a person: what they answer for, what waits for them."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.roles import SECTOR_ROLES, Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.queries.agreements import AgreementLine, counts_by_mesa, owed_by
from sigpret.apps.mesas.queries.duties import mesas_by_duty
from sigpret.apps.mesas.queries.matters import MatterLine, entrusted_to, waiting_for
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.agreements import Situation
from sigpret.web.dates import TEGUCIGALPA, day_of, short_date
from sigpret.web.pending import PendingTask

END_OF_DAY = time(17)
Duty = Designation.Duty


def agreement_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The agreements this person answers for, the matters they decide, what they were entrusted."""
    if access.user_id is None:
        return
    on = day_of(now)
    soon = policy_on(on).due_soon_days
    for line in owed_by(access.user_id, on=on):
        yield task_of(line, soon)
    yield from decision_tasks(access, on)
    own = {pk for pk in access.institutions if access.works_for(pk)}
    for matter in entrusted_to(own, on=on) if own else ():
        yield entrusted(matter)


def decision_tasks(access: Access, on: date) -> Iterator[PendingTask]:
    """What waits for the Presidency, or for the political coordination of a mesa; and what is
    overdue where the person coordinates."""
    if access.has(Role.PRESIDENCY):
        yield from map(to_decide, waiting_for(None, "presidency", on=on))
    if not access.has(*SECTOR_ROLES):
        return
    duties = mesas_by_duty(access.user_id or 0, on=on)
    political = set(duties.get(Duty.POLITICAL_COORDINATOR, {}))
    if political:
        yield from map(to_decide, waiting_for(political, "political", on=on))
    coordinated = duties.get(Duty.TECHNICAL_COORDINATOR, {})
    counts = counts_by_mesa(on) if coordinated else {}
    for mesa_id, (slug, name) in coordinated.items():
        found = counts.get(mesa_id)
        if found is not None and found.overdue:
            yield overdue_of_mesa(slug, name, found.overdue)


def task_of(line: AgreementLine, soon: int) -> PendingTask:
    is_late = line.situation is Situation.OVERDUE
    title = _("Cumplir el acuerdo %(n)s, vencido") if is_late else _("Cumplir el acuerdo %(n)s")
    return PendingTask(
        title=title % {"n": line.label},
        url=reverse("mesas:agreement", args=[line.slug, line.meeting_number, line.number]),
        action=_("Informar"),
        detail=line.text,
        due_at=at_the_end_of(line.due_on),
        icon="flag",
        is_urgent=-line.days <= soon,
    )


def to_decide(matter: MatterLine) -> PendingTask:
    return PendingTask(
        title=_("Decidir lo que pide la mesa de %(name)s") % {"name": matter.mesa},
        url=reverse("mesas:decision", args=[matter.id]),
        action=_("Decidir"),
        detail=_("%(ask)s · espera desde el %(day)s")
        % {"ask": matter.ask, "day": short_date(matter.raised_at)},
        icon="signature",
        is_urgent=True,
    )


def entrusted(matter: MatterLine) -> PendingTask:
    return PendingTask(
        title=_("Cumplir lo que se decidió: %(what)s") % {"what": matter.decision[:120]},
        url=reverse("mesas:decision", args=[matter.id]),
        action=_("Informar"),
        detail=_("Mesa de %(name)s") % {"name": matter.mesa},
        due_at=at_the_end_of(matter.due_on) if matter.due_on else None,
        icon="signature",
        is_urgent=matter.is_overdue,
    )


def overdue_of_mesa(slug: str, name: str, count: int) -> PendingTask:
    text = ngettext(
        "%(n)s acuerdo vencido en la mesa de %(name)s",
        "%(n)s acuerdos vencidos en la mesa de %(name)s",
        count,
    )
    return PendingTask(
        title=text % {"n": count, "name": name},
        url=f"{reverse('mesas:agreements', args=[slug])}?ver=vencidos",
        action=_("Dar seguimiento"),
        detail=_("Reprograme, eleve o pida que informen."),
        icon="flag",
        is_urgent=True,
    )


def at_the_end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, TEGUCIGALPA)
