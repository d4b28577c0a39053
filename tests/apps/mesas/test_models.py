"""What the database refuses about a mesa, whoever asks."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sigpret.apps.mesas.models import (
    Agreement,
    Designation,
    Escalation,
    WorkPlan,
    WorkPlanActivity,
)
from tests.factories.agreements import add_activity, make_work_plan
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, accredit, add_item, designate, make_meeting, make_mesa

pytestmark = pytest.mark.django_db
NEXT_MONTH = date(2026, 11, 30)


def agree(meeting, **fields):
    values = {
        "mesa": meeting.mesa,
        "item": add_item(meeting),
        "number": 1,
        "text": "Solicitar la compra de emergencia",
        "institution": make_institution(),
        "responsible": "Marta Zúniga",
        "agreed_due_on": NEXT_MONTH,
        "due_on": NEXT_MONTH,
        **fields,
    }
    return Agreement.objects.create(meeting=meeting, **values)


def test_a_mesa_has_one_technical_coordinator_at_a_time():
    mesa = make_mesa()
    designate(mesa, make_user(), Designation.Duty.TECHNICAL_COORDINATOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        designate(mesa, make_user(), Designation.Duty.TECHNICAL_COORDINATOR)


def test_a_mesa_has_as_many_analysts_as_diger_assigns():
    mesa = make_mesa()
    for _number in range(2):
        designate(mesa, make_user(), Designation.Duty.ANALYST)
    assert mesa.designations.count() == 2


def test_a_member_accredited_twice_is_refused_whatever_the_capitals_of_the_address():
    mesa = make_mesa()
    accredit(mesa, email="ramon@demo.hn")
    with pytest.raises(IntegrityError), transaction.atomic():
        accredit(mesa, email="Ramon@demo.hn")


def test_a_seat_of_an_institution_is_taken_once():
    mesa = make_mesa()
    first = accredit(mesa)
    with pytest.raises(IntegrityError), transaction.atomic():
        accredit(mesa, first.institution, seat=first.seat)


def test_the_words_of_a_final_agreement_never_change():
    agreement = agree(make_meeting(make_mesa()), is_final=True)
    for change in ({"text": "Otra cosa"}, {"agreed_due_on": date(2027, 1, 1)}):
        with pytest.raises(DatabaseError, match="definitivo"), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**change)


def test_the_follow_up_of_a_final_agreement_does_change():
    agreement = agree(make_meeting(make_mesa()), is_final=True)
    Agreement.objects.filter(pk=agreement.pk).update(state="in_progress", due_on=date(2027, 1, 1))
    agreement.refresh_from_db()
    assert agreement.state == "in_progress"


def test_a_minutes_number_is_taken_once_per_mesa_and_year():
    mesa = make_mesa()
    held = {"state": "draft", "minutes_year": 2026, "minutes_number": 7}
    first = make_meeting(mesa)
    held["started_at"] = first.starts_at
    make_meeting(mesa, **held)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(mesa, **held)


def test_the_words_of_a_decided_matter_never_change():
    mesa, person = make_mesa(), make_user()
    said = {"ask": "Autorizar la compra.", "reason": "Se venció dos veces."}
    matter = Escalation.objects.create(
        mesa=mesa, to="presidency", raised_by=person, raised_at=AT, state="decided",
        decision="Se autoriza.", decided_by=person, decided_at=AT, **said,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="definitivo"), transaction.atomic():
        Escalation.objects.filter(pk=matter.pk).update(decision="No se autoriza.")
    Escalation.objects.filter(pk=matter.pk).update(
        state="fulfilled", fulfilled_on=AT.date(), outcome="Acta 3."
    )


def test_a_work_plan_that_was_sent_keeps_its_activities():
    plan = make_work_plan(make_mesa())
    activity = add_activity(plan)
    activity.text = "Todavía en elaboración"
    activity.save()
    WorkPlan.objects.filter(pk=plan.pk).update(state="in_approval", sent_at=AT, digest="a" * 64)
    for change in (
        lambda: WorkPlanActivity.objects.filter(pk=activity.pk).update(text="Otra"),
        lambda: activity.institutions.add(make_institution()),
        activity.delete,
        lambda: add_activity(plan),
    ):
        with pytest.raises(DatabaseError, match="otra versión"), transaction.atomic():
            change()
