"""Who is told that a matter waits for them, and who learns what was decided."""

from datetime import datetime

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import people_with
from sigpret.apps.mesas.agreement_kinds import MATTER_DECIDED, MATTER_RAISED
from sigpret.apps.mesas.models import Designation, Escalation
from sigpret.apps.mesas.queries.duties import active_people, people_for, people_with_duty
from sigpret.apps.notices.actions import notify
from sigpret.web.dates import day_of

Duty = Designation.Duty


def tell_raised(matter: Escalation, *, by: User, at: datetime) -> None:
    """Whoever decides at that level."""
    on = day_of(at)
    if matter.to == Escalation.To.PRESIDENCY:
        who = {person.pk for person in people_with(Role.PRESIDENCY, on=on)}
    else:
        who = set(people_with_duty(matter.mesa_id, Duty.POLITICAL_COORDINATOR, on=on))
    tell(matter, MATTER_RAISED.code, who - {by.pk}, matter.ask, at)


def tell_decided(matter: Escalation, *, by: User, at: datetime) -> None:
    """Who asked, who coordinates the mesa, and who is entrusted with it."""
    on = day_of(at)
    who = {
        matter.raised_by_id,
        *people_with_duty(matter.mesa_id, Duty.TECHNICAL_COORDINATOR, on=on),
    }
    if matter.owner_id is not None:
        who |= {
            *people_for(matter.mesa_id, matter.owner_id, on=on),
            *active_people(matter.owner_id, on=on),
        }
    tell(matter, MATTER_DECIDED.code, who - {by.pk}, matter.decision, at)


def tell(matter: Escalation, kind: str, who: set[int], detail: str, at: datetime) -> None:
    notify(
        recipients=who,
        kind=kind,
        subject_key=f"matter:{matter.pk}",
        context={"mesa": matter.mesa.sector.name, "detail": detail},
        url=reverse("mesas:decision", args=[matter.pk]),
        at=at,
        dedupe_key=f"{kind}:{matter.pk}:{matter.version}",
    )
