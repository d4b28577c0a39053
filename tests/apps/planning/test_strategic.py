"""The strategic plan: written by the planning unit, approved by another person, opened again."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.notices.models import Notice
from sigpret.apps.planning.actions import strategic, strategic_rows
from sigpret.apps.planning.actions.strategic_links import link_objectives
from sigpret.apps.planning.actions.writing import PlanNotWritableError
from sigpret.apps.planning.models import Objective, StrategicPlan
from sigpret.apps.planning.pending import planning_tasks
from sigpret.apps.planning.queries.strategic import strategic_sheet
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 16, 42, tzinfo=UTC)
YEARS = {year: Decimal(year - 2000) for year in range(2026, 2031)}


@pytest.fixture
def institution():
    return make_institution("414")


@pytest.fixture
def planner(institution):
    return make_user(Role.REGISTRAR, institution=institution)


@pytest.fixture
def head(institution):
    return make_user(Role.APPROVER, institution=institution)


def who(person, **more):
    return {"actor": person, "access": access_of(person, on=AT.date()), "at": AT, **more}


def read(person, plan):
    """A step on the plan as it stands now."""
    plan.refresh_from_db()
    return who(person, plan_id=plan.pk, expected_version=plan.version)


@pytest.fixture
def plan(institution, planner) -> StrategicPlan:
    return strategic.start_strategic_plan(
        **who(planner), institution=institution, first_year=2026, last_year=2030
    )


def facts(**changes) -> strategic_rows.StrategicResultFacts:
    unit = make_product().unit_of_measure
    stated = {
        "text": "Gestión fortalecida",
        "indicator": "Índice de gestión",
        "unit_of_measure_id": unit.pk,
        "baseline": Decimal(20),
        "baseline_year": 2025,
        "targets": YEARS,
    }
    return strategic_rows.StrategicResultFacts(**stated | changes)


@pytest.fixture
def complete(plan, planner) -> StrategicPlan:
    """A plan that may be sent."""
    strategic.change_strategic_statement(
        **who(planner, plan_id=plan.pk), mission="Servir", vision="Ser útiles", expected_version=1
    )
    objective = strategic_rows.write_strategic_objective(
        **who(planner, plan_id=plan.pk), objective_id=None, text="Gestión por resultados"
    )
    strategic_rows.write_strategic_result(
        **who(planner, plan_id=plan.pk), objective_id=objective.pk, result_id=None, facts=facts()
    )
    return plan


def test_a_plan_begun_twice_is_one(plan, planner, institution):
    again = strategic.start_strategic_plan(
        **who(planner), institution=institution, first_year=2026, last_year=2030
    )
    assert again == plan
    assert StrategicPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2027, 2027, "más de uno"),
        (2031, 2030, "más de uno"),
        (2031, 2060, "a lo sumo 15"),
        (2029, 2033, "se cruzan con el PEI 2026–2030"),
    ],
)
def test_years_that_make_no_plan_are_refused(plan, planner, institution, first, last, said):
    with pytest.raises(strategic.StrategicError, match=said):
        strategic.start_strategic_plan(
            **who(planner), institution=institution, first_year=first, last_year=last
        )


def test_what_was_written_is_read_by_year(complete, institution):
    sheet = strategic_sheet(institution.pk, 2026)
    (result,) = sheet.results
    assert sheet.years == (2026, 2027, 2028, 2029, 2030)
    assert result.targets == tuple(YEARS.values())
    assert (result.place, result.baseline, result.baseline_year) == ("1.1", 20, 2025)


def test_the_same_written_twice_is_one_event(complete, planner):
    before = AuditEvent.objects.count()
    objective = complete.objectives.get()
    strategic_rows.write_strategic_objective(
        **who(planner, plan_id=complete.pk), objective_id=None, text="Gestión por resultados"
    )
    strategic_rows.write_strategic_result(
        **who(planner, plan_id=complete.pk),
        objective_id=objective.pk,
        result_id=objective.results.get().pk,
        facts=facts(unit_of_measure_id=objective.results.get().unit_of_measure_id),
        expected_version=1,
    )
    assert AuditEvent.objects.count() == before


def test_a_year_without_target_is_taken_out(complete, planner):
    result = complete.objectives.get().results.get()
    strategic_rows.write_strategic_result(
        **who(planner, plan_id=complete.pk),
        objective_id=result.objective_id,
        result_id=result.pk,
        facts=facts(targets={2026: Decimal(5)}),
        expected_version=1,
    )
    assert list(result.targets.values_list("fiscal_year", "planned")) == [(2026, 5)]


def test_two_people_who_write_the_same_row_see_each_other(complete, planner):
    objective = complete.objectives.get()
    strategic_rows.write_strategic_objective(
        **who(planner, plan_id=complete.pk),
        objective_id=objective.pk,
        text="Gestión para resultados",
        expected_version=1,
    )
    with pytest.raises(strategic.StrategicConflictError) as conflict:
        strategic_rows.write_strategic_objective(
            **who(planner, plan_id=complete.pk),
            objective_id=objective.pk,
            text="Otra redacción",
            expected_version=1,
        )
    assert conflict.value.theirs == {"text": "Gestión para resultados"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": " "}, "Escriba el texto"),
        ({"baseline_year": None}, "con su año"),
        ({"targets": {2031: Decimal(1)}}, "de los años del plan"),
    ],
)
def test_a_result_that_cannot_be_read_is_refused(complete, planner, changes, said):
    with pytest.raises(strategic.StrategicError, match=said):
        strategic_rows.write_strategic_result(
            **who(planner, plan_id=complete.pk),
            objective_id=complete.objectives.get().pk,
            result_id=None,
            facts=facts(**changes),
        )


def test_what_is_missing_is_said_before_sending(plan, planner):
    strategic_rows.write_strategic_objective(
        **who(planner, plan_id=plan.pk), objective_id=None, text="Gestión"
    )
    with pytest.raises(strategic.StrategicGapsError) as missing:
        strategic.submit_strategic_plan(**read(planner, plan))
    assert missing.value.gaps == (
        "Escriba la misión y la visión.",
        "El objetivo 1 no tiene resultados.",
    )


def test_a_result_without_numbers_is_named(complete, planner):
    strategic_rows.write_strategic_result(
        **who(planner, plan_id=complete.pk),
        objective_id=complete.objectives.get().pk,
        result_id=None,
        facts=strategic_rows.StrategicResultFacts(text="Otro", targets={2026: Decimal(1)}),
    )
    with pytest.raises(strategic.StrategicGapsError) as missing:
        strategic.submit_strategic_plan(**read(planner, complete))
    assert missing.value.gaps == (
        "El resultado 1.2 no tiene indicador con su unidad.",
        "El resultado 1.2 no tiene línea base.",
        "El resultado 1.2 no tiene meta de 2027, 2028, 2029, 2030.",
    )


def test_who_sends_it_does_not_approve_it(complete, head, institution):
    other = make_user(Role.APPROVER, institution=institution)
    strategic.submit_strategic_plan(**read(head, complete))
    with pytest.raises(PermissionDenied, match="otra persona"):
        strategic.approve_strategic_plan(**read(head, complete))
    strategic.approve_strategic_plan(**read(other, complete))
    strategic.approve_strategic_plan(**read(other, complete))
    complete.refresh_from_db()
    assert complete.approved_by == other
    assert AuditEvent.objects.filter(action="planning.strategic_approved").count() == 1


def test_the_head_never_approves_what_they_did_not_read(complete, planner, head):
    strategic.submit_strategic_plan(**read(planner, complete))
    opened = read(head, complete)
    strategic.return_strategic_plan(**opened, reason="Falta salud")
    strategic.change_strategic_statement(**read(planner, complete), mission="Otra", vision="Otra")
    strategic.submit_strategic_plan(**read(planner, complete))
    with pytest.raises(strategic.StrategicError, match="cambió después"):
        strategic.approve_strategic_plan(**opened)
    complete.refresh_from_db()
    assert complete.approved_at is None


def told(person):
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def tasks(person):
    found = planning_tasks(access_of(person, on=AT.date()), AT)
    return [str(task.title) for task in found if "estratégico" in str(task.title)]


def test_each_step_tells_whoever_has_the_next_one(complete, planner, head):
    strategic.submit_strategic_plan(**read(planner, complete))
    assert (told(head), tasks(planner)) == (["strategic_to_approve"], [])
    assert tasks(head)[0].startswith("Aprobar el plan estratégico 2026–2030")
    strategic.return_strategic_plan(**read(head, complete), reason="Falta salud")
    assert (told(planner), tasks(head)) == (["strategic_returned"], [])
    assert tasks(planner) == ["Corregir y enviar el plan estratégico 2026–2030"]
    strategic.submit_strategic_plan(**read(planner, complete))
    strategic.approve_strategic_plan(**read(head, complete))
    assert "strategic_approved" in told(planner)
    assert (tasks(planner), tasks(head)) == ([], [])


def test_nobody_is_asked_to_approve_what_they_sent(complete, head):
    administrator = make_user(Role.ADMINISTRATOR)
    strategic.submit_strategic_plan(**read(head, complete))
    assert (tasks(head), told(head), told(administrator)) == ([], [], ["strategic_to_approve"])


def test_a_planner_approves_nothing(complete, planner):
    strategic.submit_strategic_plan(**read(planner, complete))
    with pytest.raises(PermissionDenied, match="máxima autoridad"):
        strategic.approve_strategic_plan(**read(planner, complete))


def test_a_sent_plan_is_not_written_until_it_comes_back(complete, planner, head):
    strategic.submit_strategic_plan(**read(planner, complete))
    with pytest.raises(strategic.StrategicError, match="espera a la máxima autoridad"):
        strategic_rows.remove_strategic_objective(
            **who(planner, plan_id=complete.pk), objective_id=complete.objectives.get().pk
        )
    with pytest.raises(strategic.StrategicError, match="motivo"):
        strategic.return_strategic_plan(**read(head, complete), reason=" ")
    strategic.return_strategic_plan(**read(head, complete), reason="Falta salud")
    strategic_rows.remove_strategic_result(
        **who(planner, plan_id=complete.pk),
        result_id=complete.objectives.get().results.get().pk,
    )
    assert not complete.objectives.get().results.exists()


def test_an_approved_plan_is_opened_again_with_its_reason(complete, planner, head):
    strategic.submit_strategic_plan(**read(planner, complete))
    strategic.approve_strategic_plan(**read(head, complete))
    with pytest.raises(strategic.StrategicError, match="está aprobado"):
        strategic.change_strategic_statement(
            **who(planner, plan_id=complete.pk), mission="x", vision="y", expected_version=1
        )
    strategic.reopen_strategic_plan(**who(planner, plan_id=complete.pk), reason="Nueva ley")
    complete.refresh_from_db()
    assert complete.approved_at is None
    assert complete.return_reason == "Nueva ley"


def test_nobody_from_elsewhere_writes_it(plan):
    stranger = make_user(Role.REGISTRAR, institution=make_institution("060"))
    with pytest.raises(PermissionDenied):
        strategic_rows.write_strategic_objective(
            **who(stranger, plan_id=plan.pk), objective_id=None, text="Ajeno"
        )


@pytest.fixture
def annual(institution):
    plan = make_plan(institution, 2027)
    return Objective.objects.create(plan=plan, number=1, text="Gestión")


def test_an_objective_of_the_year_answers_to_one_of_the_plan(complete, planner, annual):
    pursued = complete.objectives.get()
    for _again in range(2):
        link_objectives(**who(planner, plan_id=annual.plan_id), chosen={annual.pk: pursued.pk})
    annual.refresh_from_db()
    assert annual.strategic_objective == pursued
    assert AuditEvent.objects.filter(action="planning.objectives_linked").count() == 1
    assert strategic_sheet(complete.institution_id, 2026).objectives[0].annual == ("2027.1",)
    with pytest.raises(strategic.StrategicError, match="El POA 2027 responde"):
        strategic_rows.remove_strategic_objective(
            **who(planner, plan_id=complete.pk), objective_id=pursued.pk
        )


def test_an_objective_of_another_institution_or_other_years_is_refused(planner, annual):
    foreign = StrategicPlan.objects.create(
        institution=make_institution("060"), first_year=2026, last_year=2030
    ).objectives.create(number=1, text="Salud")
    past = StrategicPlan.objects.create(
        institution=annual.plan.institution, first_year=2018, last_year=2022
    ).objectives.create(number=1, text="Gestión")
    for wanted in (foreign, past):
        with pytest.raises(strategic.StrategicError, match="PEI vigente"):
            link_objectives(**who(planner, plan_id=annual.plan_id), chosen={annual.pk: wanted.pk})


def test_a_plan_that_was_sent_keeps_its_links(complete, planner, annual):
    annual.plan.state = "submitted"
    annual.plan.submitted_by, annual.plan.submitted_at = planner, AT
    annual.plan.save()
    with pytest.raises(PlanNotWritableError):
        link_objectives(**who(planner, plan_id=annual.plan_id), chosen={annual.pk: None})
