"""Who is told what about an agreement, inside the transaction that changes it."""

from datetime import datetime

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.agreement_kinds import AGREEMENT_CHANGED, AGREEMENT_FULFILLED
from sigpret.apps.mesas.models import Agreement, AgreementStep, Designation
from sigpret.apps.mesas.queries.duties import people_for, people_with_duty
from sigpret.apps.notices.actions import notify
from sigpret.web.dates import day_of, deadline_words


def number_of(agreement: Agreement) -> str:
    """`7.3`: the third agreement of meeting 7."""
    return f"{agreement.meeting.number}.{agreement.number}"


def address_of(agreement: Agreement) -> str:
    place = [agreement.mesa.sector.slug, agreement.meeting.number, agreement.number]
    return reverse("mesas:agreement", args=place)


def words_of(agreement: Agreement) -> dict[str, str]:
    return {
        "mesa": agreement.mesa.sector.name,
        "number": number_of(agreement),
        "due": deadline_words(agreement.due_on),
    }


def owners_of(agreement: Agreement, at: datetime) -> set[int]:
    """Whoever answers for it."""
    return set(
        people_for(
            agreement.mesa_id,
            agreement.institution_id,
            on=day_of(at),
            responsible_id=agreement.responsible_person_id,
        )
    )


def tell_changed(agreement: Agreement, step: AgreementStep, *, by: User, at: datetime) -> None:
    """Another date, without effect, open again, superseded: whoever answers for it knows."""
    notify(
        recipients=owners_of(agreement, at) - {by.pk},
        kind=AGREEMENT_CHANGED.code,
        subject_key=f"agreement:{agreement.pk}",
        context={
            **words_of(agreement),
            "what": AgreementStep.Kind(step.kind).label,
            "detail": step.text,
        },
        url=address_of(agreement),
        at=at,
        dedupe_key=f"agreement-changed:{agreement.pk}:{agreement.version}",
    )


def tell_fulfilled(agreement: Agreement, *, by: User, at: datetime) -> None:
    """The technical coordination knows that an agreement of its mesa was fulfilled."""
    duty = Designation.Duty.TECHNICAL_COORDINATOR
    coordination = people_with_duty(agreement.mesa_id, duty, on=day_of(at))
    notify(
        recipients=set(coordination) - {by.pk},
        kind=AGREEMENT_FULFILLED.code,
        subject_key=f"agreement:{agreement.pk}",
        context={**words_of(agreement), "detail": agreement.result},
        url=address_of(agreement),
        at=at,
        dedupe_key=f"agreement-fulfilled:{agreement.pk}:{agreement.version}",
    )
