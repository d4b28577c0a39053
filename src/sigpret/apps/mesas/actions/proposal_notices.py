"""Who is told that something was proposed, and who learns what was decided."""

from datetime import date, datetime

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.models import Designation, MesaProduct, Strategy
from sigpret.apps.mesas.product_places import address_of_product
from sigpret.apps.mesas.proposal_kinds import PROPOSAL_DECIDED, PROPOSAL_RAISED, PROPOSAL_WAITING
from sigpret.apps.mesas.queries.duties import people_with_duty
from sigpret.apps.notices.actions import notify
from sigpret.methodology.mesas.agreements import Reminder
from sigpret.web.dates import day_of, days_left

Duty = Designation.Duty
Proposal = MesaProduct | Strategy


def tell_proposed(subject: Proposal, *, by: User, at: datetime) -> None:
    """The political coordination of the mesa."""
    who = set(people_with_duty(subject.mesa_id, Duty.POLITICAL_COORDINATOR, on=day_of(at)))
    tell(subject, PROPOSAL_RAISED.code, who - {by.pk}, at, subject.title)


def tell_waiting(subject: Proposal, reminder: Reminder, due_on: date, at: datetime) -> int:
    """The political coordination again, once per reminder; how many were told."""
    on = day_of(at)
    name = "strategy" if isinstance(subject, Strategy) else "product"
    code = PROPOSAL_WAITING.code
    return notify(
        recipients=people_with_duty(subject.mesa_id, Duty.POLITICAL_COORDINATOR, on=on),
        kind=code,
        subject_key=f"{name}:{subject.pk}",
        context={
            "mesa": subject.mesa.sector.name,
            "what": what_of(subject),
            "left": days_left(due_on, on),
            "detail": subject.title,
        },
        url=address_of(subject),
        at=at,
        dedupe_key=(
            f"{code}:{reminder.kind}:{name}:{subject.pk}:{subject.version}:{reminder.number}"
        ),
    )


def tell_decided(subject: Proposal, *, by: User, at: datetime) -> None:
    """Who proposed it, who wrote it, and who coordinates the mesa technically."""
    who = {
        subject.written_by_id,
        subject.proposed_by_id or by.pk,
        *people_with_duty(subject.mesa_id, Duty.TECHNICAL_COORDINATOR, on=day_of(at)),
    }
    tell(subject, PROPOSAL_DECIDED.code, who - {by.pk}, at, subject.decision_reason)


def tell(subject: Proposal, kind: str, who: set[int], at: datetime, detail: str) -> None:
    name = "strategy" if isinstance(subject, Strategy) else "product"
    notify(
        recipients=who,
        kind=kind,
        subject_key=f"{name}:{subject.pk}",
        context={
            "mesa": subject.mesa.sector.name,
            "what": what_of(subject),
            "result": str(subject.get_state_display()),
            "detail": detail,
        },
        url=address_of(subject),
        at=at,
        dedupe_key=f"{kind}:{name}:{subject.pk}:{subject.version}",
    )


def what_of(subject: Proposal) -> str:
    """What it is, without the words somebody typed."""
    if isinstance(subject, Strategy):
        return str(Strategy._meta.verbose_name)
    return str(subject.get_kind_display())


def address_of(subject: Proposal) -> str:
    slug = subject.mesa.sector.slug
    if isinstance(subject, Strategy):
        return reverse("mesas:strategy", args=[slug, subject.pk])
    return address_of_product(slug, subject)
