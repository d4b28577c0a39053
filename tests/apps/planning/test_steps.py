"""The steps of a plan: who takes each, what stops it, and that nobody approves what they sent."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.notices.models import Notice
from sigpret.apps.planning import around
from sigpret.apps.planning.actions import (
    activities,
    cells,
    copying,
    foresight,
    outline,
    record,
    starting,
    strategic_links,
    structure,
)
from sigpret.apps.planning.actions.observations import (
    answer_observation,
    observe,
    remove_observation,
)
from sigpret.apps.planning.actions.record import ConflictError
from sigpret.apps.planning.actions.steps import (
    PlanErrorsError,
    StepError,
    UnexplainedError,
    accept_plan,
    approve_plan,
    lock_due_plans,
    lock_plan,
    return_plan,
    submit_plan,
)
from sigpret.apps.planning.actions.structure import ProductText, change_product
from sigpret.apps.planning.around import PlanMoney
from sigpret.apps.planning.models import (
    AnnualPlan,
    FormulationStep,
    Objective,
    PlanVersion,
    Product,
    ProductTarget,
    Result,
)
from sigpret.apps.planning.queries.product import product_history
from sigpret.apps.planning.queries.review import plan_review
from sigpret.apps.planning.queries.version_causes import writers_between
from sigpret.apps.planning.review_words import rights_on
from sigpret.apps.planning.writes import PLAN_WRITES
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))


class Case:
    """A coherent plan of one product, and everybody who has a part in it."""

    def __init__(self):
        self.institution = make_institution("9414", "Instituto de Ejemplos")
        self.plan = make_plan(self.institution, 2027)
        self.product = make_product(
            self.plan, {"2027-Q2": "1", "2027-Q4": "1"}, number=5, annual_output=Decimal(2)
        )
        Result.objects.create(
            objective=Objective.objects.get(plan=self.plan), number=1, text="Más lectores"
        )
        self.planner = make_user(Role.REGISTRAR, institution=self.institution)
        self.head = make_user(Role.APPROVER, institution=self.institution)
        self.analyst = make_user(Role.ANALYST)

    def take(self, action, person, **options):
        self.plan.refresh_from_db()
        options = {"expected_version": self.plan.version} | options
        done = action(
            actor=person,
            access=access_of(person, on=AT.date()),
            plan_id=self.plan.pk,
            at=options.pop("at", AT),
            **options,
        )
        self.plan.refresh_from_db()
        return done

    def write(self, action, person, **options):
        """An action on an observation, which concerns no version."""
        return action(
            actor=person,
            access=access_of(person, on=AT.date()),
            plan_id=self.plan.pk,
            at=AT,
            **options,
        )

    def advance(self, *names):
        steps = {
            "submit": (submit_plan, self.planner),
            "approve": (approve_plan, self.head),
            "accept": (accept_plan, self.analyst),
        }
        for name in names:
            self.take(*steps[name])


@pytest.fixture
def case():
    return Case()


def told(person):
    rows = Notice.objects.filter(recipient=person).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_a_plan_goes_from_draft_to_accepted_by_three_people(case):
    case.advance("submit", "approve", "accept")
    plan = case.plan
    assert plan.state == "accepted"
    assert (plan.submitted_by, plan.approved_by, plan.accepted_by) == (
        case.planner,
        case.head,
        case.analyst,
    )
    assert told(case.head) == ["plan_to_approve", "plan_accepted"]
    assert told(case.analyst) == ["plan_to_decide"]
    assert told(case.planner) == ["plan_accepted"]


def test_what_was_sent_is_kept_as_a_version_with_its_reason(case):
    version = case.take(submit_plan, case.planner, reason="Formulación 2027")
    assert (version.number, version.occasion, version.reason) == (
        1,
        "submitted",
        "Formulación 2027",
    )


def test_a_plan_with_errors_is_not_sent(case):
    ProductTarget.objects.filter(period="2027-Q4").update(planned=3)
    with pytest.raises(PlanErrorsError, match="Falta resolver 1 error") as refusal:
        case.take(submit_plan, case.planner)
    assert [finding.product_id for finding in refusal.value.findings] == [case.product.pk]
    case.plan.refresh_from_db()
    assert case.plan.state == "draft"
    assert not PlanVersion.objects.exists()


CEILING = (
    "El plan cuesta L 12 y el techo es L 10: reduzca L 2, pida a DIGER que revise el techo o "
    "envíelo diciendo por qué."
)


@pytest.fixture
def over(case, monkeypatch):
    """The plan costs more than its ceiling."""

    def money(ids):
        return {pk: PlanMoney(ceiling=Decimal(10), cost=Decimal(12)) for pk in ids}

    # The first page of all wires the apps, and would put the budget's own money back.
    get_resolver().url_patterns  # noqa: B018
    monkeypatch.setattr(around, "_MONEY", [money])
    return case


def test_a_plan_over_its_ceiling_is_not_sent_without_saying_why(over):
    with pytest.raises(UnexplainedError, match="escriba por qué") as refusal:
        over.take(submit_plan, over.planner)
    assert [finding.sentence() for finding in refusal.value.findings] == [CEILING]
    with pytest.raises(UnexplainedError):
        over.take(submit_plan, over.planner, ceiling_reason="a" * 1_001)
    over.plan.refresh_from_db()
    assert (over.plan.state, over.plan.ceiling_reason) == ("draft", "")


def test_why_it_passes_its_ceiling_travels_with_the_plan(over):
    over.take(submit_plan, over.planner, ceiling_reason=" Falta la donación. ")
    assert (over.plan.state, over.plan.ceiling_reason) == ("submitted", "Falta la donación.")
    event = AuditEvent.objects.get(action="planning.plan_submitted")
    assert '"ceiling_reason":"Falta la donación."' in event.payload
    review = plan_review(over.plan, shows_unsent=False)
    assert (review.errors, review.to_explain) == ((), (CEILING,))
    over.take(approve_plan, over.head)
    over.take(accept_plan, over.analyst)
    assert over.plan.ceiling_reason == "Falta la donación."


def test_of_a_plan_that_fits_no_reason_is_kept(case):
    case.take(submit_plan, case.planner, ceiling_reason="Por si acaso")
    assert case.plan.ceiling_reason == ""


def test_an_error_to_mend_is_not_explained_away(over):
    Product.objects.filter(pk=over.product.pk).update(annual_output=Decimal(99))
    with pytest.raises(PlanErrorsError):
        over.take(submit_plan, over.planner, ceiling_reason="Falta la donación.")


def test_the_reason_is_asked_for_and_read_where_the_plan_is_decided(over, client):
    def page(person, address, **typed):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post(address, typed) if typed else client.get(address)
        return answer.content.decode()

    base = f"/poa/{over.plan.fiscal_year}/{over.institution.code}"
    asked = page(over.planner, f"{base}/enviar")
    assert CEILING in asked
    assert 'name="ceiling_reason"' in asked
    version = AnnualPlan.objects.get(pk=over.plan.pk).version
    refused = page(over.planner, f"{base}/enviar", version=version)
    assert "Por qué el plan pasa de su techo" in refused
    page(over.planner, f"{base}/enviar", version=version, ceiling_reason="Falta la donación.")
    for person in (over.head, over.analyst):
        assert "Falta la donación." in page(person, f"{base}/revision")
    assert "Se envió por encima de su techo:" in page(over.planner, base)


def test_nobody_approves_what_they_sent(case):
    both = make_user(Role.APPROVER, institution=case.institution)
    case.take(submit_plan, both)
    with pytest.raises(PermissionDenied, match="otra persona"):
        case.take(approve_plan, both)
    case.take(approve_plan, case.head)
    assert case.plan.state == "approved"


@pytest.mark.parametrize("action", [approve_plan, accept_plan])
def test_the_planner_neither_approves_nor_accepts(case, action):
    case.advance("submit")
    with pytest.raises(PermissionDenied):
        case.take(action, case.planner)


def test_an_analyst_does_not_accept_the_plan_of_their_own_institution(case):
    Membership.objects.create(
        user=case.analyst,
        role=Role.REGISTRAR,
        institution=case.institution,
        valid_from=date(2020, 1, 1),
    )
    case.advance("submit", "approve")
    with pytest.raises(PermissionDenied, match="otra persona de DIGER"):
        case.take(accept_plan, case.analyst)


@pytest.mark.parametrize("signer", ["planner", "head"])
@pytest.mark.parametrize("action", [accept_plan, return_plan])
def test_who_sent_or_approved_a_plan_never_decides_it(case, signer, action):
    case.advance("submit", "approve")
    person = getattr(case, signer)
    Membership.objects.filter(user=person).update(role=Role.ANALYST, institution=None)
    said = {"reason": "Revise."} if action is return_plan else {}
    with pytest.raises(PermissionDenied, match="Usted lo envió o lo aprobó"):
        case.take(action, person, **said)
    rights = rights_on(access_of(person, on=AT.date()), case.plan)
    assert (rights.decides, "otra persona de DIGER" in rights.why_not) == (False, True)
    assert rights_on(access_of(case.analyst, on=AT.date()), case.plan).decides


def test_diger_does_not_accept_what_the_head_has_not_approved(case):
    case.advance("submit")
    with pytest.raises(StepError, match="enviado"):
        case.take(accept_plan, case.analyst)


@pytest.mark.parametrize("steps", [("submit",), ("submit", "approve")])
def test_a_step_taken_twice_has_one_effect(case, steps):
    case.advance(*steps)
    version, events = case.plan.version, AuditEvent.objects.count()
    case.advance(steps[-1])
    assert (case.plan.version, AuditEvent.objects.count()) == (version, events)


def test_nobody_approves_another_version_than_the_one_they_read(case):
    case.advance("submit")
    with pytest.raises(ConflictError):
        case.take(approve_plan, case.head, expected_version=case.plan.version - 1)


def test_somebody_from_elsewhere_does_not_send_the_plan(case):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied, match="Sólo la UPGRET"):
        case.take(submit_plan, stranger)


def test_without_a_head_authority_the_administration_is_told(case):
    Membership.objects.filter(user=case.head).delete()
    administrator = make_user(Role.ADMINISTRATOR)
    case.advance("submit")
    assert told(administrator) == ["plan_to_approve"]


def test_a_plan_is_returned_with_its_observations_and_sent_again(case):
    case.advance("submit", "approve")
    case.write(observe, case.analyst, product_id=case.product.pk, text="Falta la verificación.")
    case.take(return_plan, case.analyst, reason="")
    (observation,) = case.plan.observations.all()
    assert (case.plan.state, observation.is_sent) == ("returned", True)
    assert told(case.planner) == ["plan_returned"]
    with pytest.raises(StepError, match="Falta responder 1 observación"):
        case.take(submit_plan, case.planner)
    answer = {"observation_id": observation.pk, "answer": "Se agregó."}
    case.write(answer_observation, case.planner, **answer)
    Product.objects.update(means_of_verification="Acta")
    with pytest.raises(StepError, match="qué cambió desde que lo devolvieron"):
        case.take(submit_plan, case.planner, reason=" ")
    assert case.plan.versions.count() == 1
    case.take(submit_plan, case.planner, reason="Se escribe el medio de verificación.")
    assert (case.plan.state, case.plan.approved_by, case.plan.returned_by) == (
        "submitted",
        None,
        None,
    )
    assert [version.number for version in case.plan.versions.all()] == [1, 2]


def test_the_head_authority_may_return_before_diger_sees_it(case):
    case.advance("submit")
    case.take(return_plan, case.head, reason="Falta el producto de la biblioteca.")
    assert (case.plan.state, case.plan.return_reason) == (
        "returned",
        "Falta el producto de la biblioteca.",
    )


def test_a_plan_is_not_returned_without_saying_why(case):
    case.advance("submit")
    with pytest.raises(StepError, match="motivo"):
        case.take(return_plan, case.head, reason="  ")


def test_a_plan_with_observations_is_not_accepted(case):
    case.advance("submit", "approve")
    made = case.write(observe, case.analyst, product_id=None, text="Falta la misión.")
    with pytest.raises(StepError, match="observaciones escritas"):
        case.take(accept_plan, case.analyst)
    case.write(remove_observation, case.analyst, observation_id=made.pk)
    case.take(accept_plan, case.analyst)
    assert case.plan.state == "accepted"


def test_the_head_sends_or_removes_its_observations_before_approving(case):
    case.advance("submit")
    made = case.write(observe, case.head, product_id=None, text="Falta la misión.")
    with pytest.raises(StepError, match="observaciones escritas"):
        case.take(approve_plan, case.head)
    case.write(remove_observation, case.head, observation_id=made.pk)
    case.take(approve_plan, case.head)
    assert case.plan.state == "approved"


def test_a_colleague_removes_an_observation_and_the_event_says_whose_it_was(case):
    case.advance("submit", "approve")
    made = case.write(observe, case.analyst, product_id=None, text="Falta la misión.")
    case.write(remove_observation, make_user(Role.ANALYST), observation_id=made.pk)
    event = AuditEvent.objects.get(action="planning.plan_observation_removed")
    assert json.loads(event.payload)["made_by"] == case.analyst.pk


def test_writing_an_observation_twice_is_one(case):
    case.advance("submit", "approve")
    for _click in range(2):
        case.write(observe, case.analyst, product_id=case.product.pk, text="Revise la unidad.")
    assert case.plan.observations.count() == 1


def test_who_observes_a_plan_has_not_written_in_it(case):
    writing = {"text": ProductText("Guías", case.product.unit_of_measure_id,
               case.product.periodicity_id), "expected_version": 1}  # fmt: skip
    case.write(change_product, case.planner, product_id=case.product.pk, **writing)
    case.advance("submit", "approve")
    case.write(observe, case.analyst, product_id=case.product.pk, text="Revise la unidad.")
    acts = product_history(case.plan.pk, case.product.pk)
    assert [act.who for act in acts] == [case.planner.full_name]
    writers = writers_between(case.plan, AT - timedelta(seconds=1), None)
    assert [(one.name, one.writes) for one in writers] == [(case.planner.full_name, 1)]


def test_the_writes_of_a_plan_are_the_events_its_actions_record():
    modules = (activities, cells, copying, foresight, outline, record, starting, structure)
    named = {
        name
        for module in (*modules, strategic_links)
        for constant, name in vars(module).items()
        if constant.isupper() and str(name).startswith("planning.")
    }
    assert named == PLAN_WRITES


def test_a_row_of_another_plan_is_not_observed(case):
    case.advance("submit", "approve")
    other = make_product(make_plan(fiscal_year=2027))
    with pytest.raises(StepError, match="ya no está"):
        case.write(observe, case.analyst, product_id=other.pk, text="Revise.")


def test_a_draft_is_not_observed(case):
    with pytest.raises(StepError, match="está borrador"):
        case.write(observe, case.analyst, product_id=None, text="Revise.")


def test_an_accepted_plan_is_locked_on_its_day_and_only_once(case):
    case.advance("submit", "approve", "accept")
    FormulationStep.objects.create(
        fiscal_year=2027, code="lock", due_on=date(2027, 1, 31), source="Calendario"
    )
    day = datetime(2027, 1, 31, 8, 0, tzinfo=AT.tzinfo)
    assert lock_due_plans(at=day - timedelta(hours=9)) == 0
    assert lock_due_plans(at=day) == 1
    assert lock_due_plans(at=day) == 0
    case.plan.refresh_from_db()
    assert (case.plan.state, case.plan.locked_at) == ("locked", day)
    assert "plan_locked" in told(case.planner)


def test_a_year_without_a_day_to_lock_is_locked_by_the_administration(case):
    case.advance("submit", "approve", "accept")
    administrator = make_user(Role.ADMINISTRATOR)
    for _click in range(2):
        case.take(lock_plan, administrator)
    assert (case.plan.state, case.plan.locked_at) == ("locked", AT)
    assert told(case.planner)[-1] == "plan_locked"
    assert AuditEvent.objects.filter(action="planning.plan_locked").count() == 1


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PRESIDENCY])
def test_only_the_administration_locks_a_plan_before_its_day(case, role):
    case.advance("submit", "approve", "accept")
    with pytest.raises(PermissionDenied, match="administración de DIGER"):
        case.take(lock_plan, make_user(role))


def test_a_plan_diger_has_not_accepted_is_not_locked(case):
    case.advance("submit", "approve")
    with pytest.raises(StepError, match="ya no corresponde"):
        case.take(lock_plan, make_user(Role.ADMINISTRATOR))


def test_every_step_leaves_its_event(case):
    case.advance("submit", "approve", "accept")
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == [
        "planning.plan_submitted",
        "planning.plan_approved",
        "planning.plan_accepted",
    ]


def test_what_is_doubtful_of_many_rows_is_read_once(case):
    Product.objects.create(
        operational_objective=case.product.operational_objective,
        number=99,
        name="Informes de seguimiento publicados",
        unit_of_measure=case.product.unit_of_measure,
        periodicity=case.product.periodicity,
    )
    review = plan_review(case.plan, shows_unsent=False)
    assert len(review.doubts) < len(review.warnings)
    assert sum(max(len(doubt.codes), 1) for doubt in review.doubts) == len(review.warnings)
    assert len({doubt.sentence for doubt in review.doubts}) == len(review.doubts)


def test_a_plan_over_its_ceiling_is_not_said_to_be_stuck(over, client):
    client.force_login(over.planner, backend="django.contrib.auth.backends.ModelBackend")
    base = f"/poa/{over.plan.fiscal_year}/{over.institution.code}"
    page = client.get(f"{base}/coherencia").content.decode()
    assert "El plan se puede enviar diciendo por qué pasa de su techo." in page
    assert "no se puede enviar mientras tenga errores" not in page
