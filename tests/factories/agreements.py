"""Agreements and work plans, as small as the database allows."""

from datetime import date, timedelta
from uuid import uuid4

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Agreement, Mesa, WorkPlan, WorkPlanActivity
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, add_item, make_meeting

DUE = date(2026, 10, 16)


def make_agreement(mesa: Mesa, **fields: object) -> Agreement:
    """A final agreement of a meeting whose minutes are in conformity, due on 16 October."""
    meeting = fields.pop("meeting", None) or make_held_meeting(mesa)
    due_on = fields.pop("due_on", DUE)
    values = {
        "item": meeting.agenda.first() or add_item(meeting),
        "number": meeting.agreements.count() + 1,
        "text": "Solicitar la compra de emergencia",
        "responsible": "Marta Zúniga",
        "agreed_due_on": due_on,
        "due_on": due_on,
        "is_final": True,
        **fields,
    }
    values.setdefault("institution", make_institution())
    return Agreement.objects.create(mesa=mesa, meeting=meeting, **values)


def make_held_meeting(mesa: Mesa, **fields: object):
    """A meeting that was held, with its minutes in conformity."""
    number = mesa.meetings.count() + 1
    began = AT - timedelta(days=4)
    values = {
        "state": "conformity",
        "number": number,
        "starts_at": began,
        "started_at": began,
        "finished_at": began + timedelta(hours=2),
        "minutes_year": 2026,
        "minutes_number": number,
        **fields,
    }
    return make_meeting(mesa, **values)


def make_work_plan(mesa: Mesa, **fields: object) -> WorkPlan:
    """A draft of the plan of 2026."""
    values = {"year": 2026, "number": 1, "drafted_by": fields.pop("by", None) or make_user()}
    return WorkPlan.objects.create(mesa=mesa, **{**values, **fields})


def add_activity(
    plan: WorkPlan, text: str = "Diagnóstico sectorial", *institutions: Institution, **fields
) -> WorkPlanActivity:
    """An activity of February and March in the plan's first result."""
    result = plan.results.first() or plan.results.create(number=1, text="La MCR está completa")
    values = {
        "number": result.activities.count() + 1,
        "key": uuid4(),
        "text": text,
        "starts_on": date(2026, 2, 2),
        "ends_on": date(2026, 3, 31),
        **fields,
    }
    activity = WorkPlanActivity.objects.create(result=result, **values)
    activity.institutions.set(institutions or [make_institution()])
    return activity


def send(plan: WorkPlan) -> None:
    """As it is while it waits for approval."""
    WorkPlan.objects.filter(pk=plan.pk).update(state="in_approval", sent_at=AT, digest="a" * 64)
    plan.refresh_from_db()


def put_in_force(plan: WorkPlan) -> None:
    """As it is once everybody approved it."""
    send(plan)
    WorkPlan.objects.filter(pk=plan.pk).update(state="in_force", in_force_at=AT)
    plan.refresh_from_db()
