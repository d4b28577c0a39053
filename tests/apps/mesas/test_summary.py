"""A mesa at a glance: its sentence, its goals, what changed, what is missing before it meets."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.mesas.queries.changes import changes_since, last_held
from sigpret.apps.mesas.queries.glance import ComingMeeting, coming_meeting, plan_glance
from sigpret.apps.mesas.queries.goals import MesaGoal, SectorGoals, sector_goals
from sigpret.apps.mesas.queries.meetings import MeetingLine
from sigpret.apps.mesas.summary_words import change_lines, summary_sentence
from sigpret.apps.monitoring.actions import evaluate_period
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Goal
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.mesas import AT, accredit, add_item, make_coordinator, make_meeting, make_mesa
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.results import make_goal

ON = date(2026, 10, 13)
NOW = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


def goal(status: Status) -> MesaGoal:
    none = None
    return MesaGoal("MS-1", "Meta", "", "", none, none, none, none, none, status, "", (), ())


def goals(*statuses: Status) -> SectorGoals:
    return SectorGoals(Period.parse("2026-Q3"), is_official=False, goals=tuple(map(goal, statuses)))


def meeting_in(days: int) -> ComingMeeting:
    starts = datetime(2026, 10, 13, 15, 0, tzinfo=UTC) + timedelta(days=days)
    line = MeetingLine(
        *(1, 8, "technical", "", "", "convened", "", starts, starts + timedelta(hours=1), ""),
        *("", 0, 0, 0, 0),
    )
    return ComingMeeting(line, (), 0, 0, 0)


BEHIND, RISK, OK, SILENT = (
    Status.BEHIND,
    Status.AT_RISK,
    Status.ON_TRACK,
    Status.NOT_REPORTED,
)


@pytest.mark.parametrize(
    ("statuses", "overdue", "days", "sentence"),
    [
        (
            (BEHIND, BEHIND, RISK, OK, OK),
            2,
            2,
            "Salud: 2 de 5 metas rezagadas y 2 acuerdos vencidos; la mesa se reúne el jueves",
        ),
        (
            (BEHIND, OK),
            1,
            16,
            "Salud: 1 de 2 metas rezagada y 1 acuerdo vencido; "
            "la mesa se reúne el jueves 29 de octubre",
        ),
        ((RISK, OK), 0, 1, "Salud: 1 de 2 metas en riesgo y ningún acuerdo vencido; "
         "la mesa se reúne mañana"),
        ((SILENT,), 0, 0, "Salud: 1 de 1 metas sin reporte y ningún acuerdo vencido; "
         "la mesa se reúne hoy"),
        ((OK,), 0, None, "Salud: ninguna meta rezagada y ningún acuerdo vencido; "
         "no hay reunión convocada"),
        ((), 0, None, "Salud: sin metas sectoriales y ningún acuerdo vencido; "
         "no hay reunión convocada"),
    ],
)  # fmt: skip
def test_the_sentence_says_the_worst_and_when_they_meet(statuses, overdue, days, sentence):
    meeting = None if days is None else meeting_in(days)
    assert summary_sentence("Salud", goals(*statuses), overdue, meeting, on=ON) == sentence


@pytest.mark.django_db
def test_a_sectoral_goal_shows_its_figures_its_year_and_who_serves_it():
    sector = make_sector()
    mesa, health = make_mesa(sector), make_institution("060", acronym="SESAL")
    planned = {"2026-Q3": "10", "2026-Q4": "5"}
    sectoral = make_goal(Goal.Level.SECTORAL, planned, sector=sector, institution=health)
    below = make_institution("SC10", acronym="IHSS")
    make_goal(planned=planned, serves=(sectoral,), institution=below, sector=sector)
    report = make_report(health, make_round())
    by = make_user()
    make_value(
        report,
        "4",
        indicator=sectoral.indicator,
        state=ReportState.VALIDATED,
        cause="Se atrasó la compra.",
        cause_category="procurement",
        reported_by=by,
        reported_at=AT,
        decided_by=by,
        decided_at=AT,
    )
    evaluate_period(period=Period.parse("2026-Q3"), policy=policy_on(ON), at=AT)
    (shown,) = sector_goals(mesa, on=ON).goals
    assert (shown.executed, shown.planned, shown.annual_target) == (4, 10, 15)
    assert (shown.status, shown.achievement) == (Status.BEHIND, Decimal(40))
    assert shown.cause == "Se atrasó la compra."
    assert shown.places == ("SESAL", "IHSS")


@pytest.mark.django_db
def test_what_nobody_validated_is_not_shown():
    sector = make_sector()
    mesa, health = make_mesa(sector), make_institution("060")
    sectoral = make_goal(Goal.Level.SECTORAL, {"2026-Q3": "10"}, sector=sector, institution=health)
    report = make_report(health, make_round())
    make_value(
        report,
        "4",
        indicator=sectoral.indicator,
        cause="Borrador",
        cause_category="procurement",
        reported_by=make_user(),
        reported_at=AT,
    )
    evaluate_period(period=Period.parse("2026-Q3"), policy=policy_on(ON), at=AT)
    (shown,) = sector_goals(mesa, on=ON).goals
    assert (shown.executed, shown.cause) == (None, "")


@pytest.mark.django_db
def test_the_next_meeting_shows_its_agenda_and_its_answers():
    mesa = make_mesa()
    meeting = make_meeting(mesa)
    add_item(meeting, "Medicamentos", minutes=25)
    shown = coming_meeting(mesa, at=NOW)
    assert [(topic.title, topic.minutes) for topic in shown.topics] == [("Medicamentos", 25)]
    assert shown.leaf == ("19", "oct")


@pytest.mark.django_db
def test_who_came_since_the_last_meeting_is_a_change():
    mesa = make_mesa()
    assert last_held(mesa, at=NOW).number is None
    institution = make_institution("060", acronym="SESAL")
    accredit(mesa, institution, full_name="Ana Paz", accredited_at=AT)
    (change,) = change_lines("salud", changes_since(mesa, AT - timedelta(days=1)))
    assert change["text"] == "SESAL acreditó a Ana Paz"
    assert changes_since(mesa, AT) == ()


@pytest.mark.django_db
def test_a_mesa_without_a_plan_has_none():
    assert plan_glance(make_mesa(), on=ON) is None


def page_of(client, person, mesa, name="mesas:summary"):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name, args=[mesa.sector.slug])).content.decode()


@pytest.mark.django_db
def test_a_mesa_that_is_not_constituted_shows_what_is_missing(client):
    mesa = make_mesa(constituted_on=None, constitution_act="")
    make_institution("060", acronym="SESAL").sectors.add(mesa.sector)
    page = page_of(client, make_user(Role.ADMINISTRATOR), mesa)
    assert "la mesa no está constituida; faltan 5 cosas" in page
    assert "Falta acreditar: SESAL" in page


@pytest.mark.django_db
def test_contact_data_are_seen_by_who_convenes_and_by_the_institution_itself(client):
    mesa, health, other = make_mesa(), make_institution("060"), make_institution("062")
    for place in (health, other):
        place.sectors.add(mesa.sector)
    accredit(mesa, health, phone="+504 2222-7777", email="ana@salud.hn")
    seen = {
        "who convenes": make_coordinator(mesa),
        "its institution": make_user(Role.REGISTRAR, institution=health),
    }
    unseen = {
        "another institution": make_user(Role.REGISTRAR, institution=other),
        "the Presidency": make_user(Role.PRESIDENCY),
    }
    for person in seen.values():
        assert "2222-7777" in page_of(client, person, mesa, "mesas:members")
    for person in unseen.values():
        page = page_of(client, person, mesa, "mesas:members")
        assert "2222-7777" not in page
        assert "ana@salud.hn" not in page


@pytest.mark.django_db
def test_an_institution_that_changed_its_name_says_the_one_of_its_letter(client):
    mesa, health = make_mesa(), make_institution("060", "Secretaría de Salud Pública")
    health.sectors.add(mesa.sector)
    accredit(mesa, health, institution_name="Secretaría de Salud")
    page = page_of(client, make_user(Role.ADMINISTRATOR), mesa, "mesas:members")
    assert "Su oficio dice «Secretaría de Salud»" in page


@pytest.mark.django_db
def test_the_list_says_where_each_mesa_stands(client, django_assert_max_num_queries):
    health, housing = make_mesa(), make_mesa(constituted_on=None, constitution_act="")
    make_meeting(health)
    person = make_user(Role.ADMINISTRATOR)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(16):
        page = client.get(reverse("mesas:mesas")).content.decode()
    assert "2 mesas: 1 constituida, sin acuerdos vencidos" in page
    assert "No: ver qué falta" in page
    waiting = client.get(reverse("mesas:mesas"), {"ver": "sin-constituir"}).content.decode()
    assert housing.sector.name in waiting
    assert health.sector.name not in waiting
