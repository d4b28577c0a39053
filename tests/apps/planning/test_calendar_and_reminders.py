"""The days a year is formulated by, and reminding the institutions that owe something."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.notices.models import Notice
from sigpret.apps.planning.actions.calendar import CalendarError, set_formulation
from sigpret.apps.planning.actions.reminding import ReminderError, remind_plans
from sigpret.apps.planning.models import FormulationStep, PlanReminder
from sigpret.apps.planning.plans_page import marks_of, plans_page
from sigpret.apps.planning.queries import plans_of_year
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))
DAYS = {"submission": date(2027, 1, 15), "approval": date(2027, 1, 20)}
WORDS = "El plazo vence el 15 de enero de 2027."


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


def setting(person, days=DAYS, source="Circular 1", seen=None):
    return set_formulation(
        actor=person,
        access=access_of(person, on=AT.date()),
        fiscal_year=2027,
        days=days,
        source=source,
        seen=seen or {},
        at=AT,
    )


def test_the_days_of_a_year_are_set_once(administrator):
    assert setting(administrator)
    assert not setting(administrator)
    stored = FormulationStep.objects.values_list("code", "due_on")
    assert dict(stored) == DAYS
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "source", "sentence"),
    [
        ({"submission": date(2027, 1, 15), "lock": date(2027, 1, 10)}, "Circular", "antes que"),
        ({"ceilings": date(2026, 7, 1), "budget_proposal": date(2026, 6, 30)}, "C", "antes que"),
        (DAYS, " ", "qué acto"),
    ],
)
def test_days_that_cannot_be_are_refused(administrator, days, source, sentence):
    with pytest.raises(CalendarError, match=sentence):
        setting(administrator, days, source)
    assert not FormulationStep.objects.exists()


def test_nobody_writes_over_days_they_have_not_seen(administrator):
    setting(administrator)
    later = DAYS | {"submission": date(2027, 1, 18)}
    with pytest.raises(CalendarError, match="Otra persona"):
        setting(administrator, later, seen={})
    assert setting(administrator, later, seen=DAYS)


def test_a_day_may_be_taken_out(administrator):
    setting(administrator)
    setting(administrator, {"submission": DAYS["submission"], "approval": None}, seen=DAYS)
    assert list(FormulationStep.objects.values_list("code", flat=True)) == ["submission"]


def test_only_the_administration_sets_the_calendar():
    with pytest.raises(PermissionDenied, match="administración"):
        setting(make_user(Role.ANALYST))


def reminding(person, *institutions, text=WORDS, at=AT):
    return remind_plans(
        actor=person,
        access=access_of(person, on=AT.date()),
        fiscal_year=2027,
        institution_ids=[one.pk for one in institutions],
        text=text,
        at=at,
    )


def test_an_institution_is_reminded_once_a_day_even_without_a_plan():
    analyst, institution = make_user(Role.ANALYST), make_institution("9414")
    planner = make_user(Role.REGISTRAR, institution=institution)
    assert reminding(analyst, institution) == 1
    assert reminding(analyst, institution, at=AT + timedelta(hours=3)) == 0
    assert reminding(analyst, institution, at=AT + timedelta(days=1)) == 1
    notices = Notice.objects.filter(recipient=planner, kind="plan_reminder")
    assert [notice.body for notice in notices] == [WORDS, WORDS]
    assert PlanReminder.objects.count() == 2


def test_a_reminder_says_something():
    with pytest.raises(ReminderError, match="Escriba"):
        reminding(make_user(Role.ANALYST), make_institution(), text="  ")


def test_an_institution_does_not_remind_others():
    planner = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        reminding(planner, make_institution())


def test_the_list_says_the_step_its_day_and_the_last_contact(administrator):
    setting(administrator)
    plan = make_plan(make_institution("9414"), 2027)
    plan.state = "submitted"
    plan.submitted_by, plan.submitted_at = administrator, AT
    plan.save()
    reminding(administrator, plan.institution)
    (row,) = plans_of_year(2027)
    assert (row.state, row.due_on, row.wrote_at, row.reminded_at, row.reminders) == (
        "submitted",
        date(2027, 1, 20),
        AT,
        AT,
        1,
    )
    assert marks_of(row) == ("done", "now", "next", "next", "next")


def test_who_has_not_loaded_the_plan_owes_it_by_the_day_it_is_sent(administrator):
    setting(administrator)
    make_institution("9414")
    (row,) = plans_of_year(2027)
    assert (row.state, row.due_on, row.is_owing) == (None, date(2027, 1, 15), True)


def test_the_views_count_each_step():
    make_plan(make_institution("9414"), 2027)
    make_institution("9415")
    page = plans_page(plans_of_year(2027), 2027, years=[2027], view="borrador", search="")
    assert [row.institution.code for row in page.rows] == ["9414"]
    assert [(chip.label, chip.count) for chip in page.chips] == [
        ("Todas", 2),
        ("Sin cargar", 1),
        ("Borrador", 1),
    ]


def test_the_reminder_is_read_before_it_is_sent(client):
    make_institution("9414", "Instituto de Ejemplos")
    client.force_login(make_user(Role.ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/poa/2027/recordar", {"institucion": "9414"}).content.decode()
    assert "Recordar a 1 institución" in page
    assert "Falta enviar su plan operativo 2027" in page
    assert not PlanReminder.objects.exists()
    sent = {"institucion": "9414", "text": WORDS, "enviar": "1"}
    assert client.post("/poa/2027/recordar", sent).status_code == 302
    assert PlanReminder.objects.get().text == WORDS
