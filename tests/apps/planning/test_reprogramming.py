"""Changing what a locked plan programmes: who asks, who decides, and what never changes."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evaluation.actions.closing import trial_digest
from sigpret.apps.evaluation.queries.curve import production_curve
from sigpret.apps.evaluation.queries.products import due_products
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries import report_sheet
from sigpret.apps.monitoring.queries.measures import product_measures
from sigpret.apps.notices.models import Notice
from sigpret.apps.planning.actions.reprogramming import (
    ChangeError,
    accept_change,
    answer_change,
    approve_change,
    propose,
    remove_line,
    start_change,
    submit_change,
    withdraw_change,
)
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.change_words import rights_on_change
from sigpret.apps.planning.models import Product
from sigpret.apps.planning.pending import planning_tasks
from sigpret.apps.planning.queries.reprogramming import accepted_changes, change_facts
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.achievement import achieve
from sigpret.methodology.periods import Period
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))
YEAR = {"2026-Q1": "1", "2026-Q2": "2", "2026-Q3": "2", "2026-Q4": "1"}
WHY = "El manual espera dictamen jurídico."
CLOSED = {
    "state": "closed",
    "closed_at": AT,
    "digest": "0" * 64,
    "policy_version": "1",
}
LATER = {"2026-Q3": Decimal(1), "2026-Q4": Decimal(2)}


class Case:
    """A locked plan whose third quarter is being reported, and everybody with a part in it."""

    def __init__(self):
        self.institution = make_institution("9414")
        self.plan = make_plan(self.institution)
        self.product = make_product(self.plan, YEAR, number=6, annual_output=Decimal(6))
        self.planner = make_user(Role.REGISTRAR, institution=self.institution)
        self.head = make_user(Role.APPROVER, institution=self.institution)
        self.analyst = make_user(Role.ANALYST)
        self.plan.state, self.plan.locked_at = "locked", AT
        self.plan.save()
        keep_version(plan=self.plan, occasion="submitted", actor=self.planner, at=AT)
        self.rounds = {quarter: make_round(quarter, **CLOSED) for quarter in ("2026-Q1", "2026-Q2")}
        self.rounds["2026-Q3"] = make_round("2026-Q3")

    def report(self, quarter, value, state=ReportState.VALIDATED):
        report = make_report(self.institution, self.rounds[quarter])
        decided = {"decided_by": self.analyst, "decided_at": AT}
        said = decided if state == ReportState.VALIDATED else {}
        make_value(report, value, product=self.product, state=state, **said)

    def act(self, action, person, **options):
        return action(actor=person, access=access_of(person, on=AT.date()), at=AT, **options)

    def start(self):
        return self.act(start_change, self.planner, plan_id=self.plan.pk)

    def ask(self, values=LATER, product=None):
        change = self.start()
        product = product or self.product
        self.act(propose, self.planner, change_id=change.pk, product_id=product.pk, values=values)
        return change

    def send(self, **options):
        change = self.ask(**options)
        return self.act(submit_change, self.planner, change_id=change.pk, reason=WHY)

    def approve(self):
        change = self.send()
        return self.act(approve_change, self.head, change_id=change.pk)

    def planned(self):
        rows = self.product.targets.order_by("period").values_list("period", "planned")
        return {period: int(planned) for period, planned in rows}


@pytest.fixture
def case():
    return Case()


def test_a_change_goes_from_the_institution_to_the_plan(case):
    change = case.approve()
    assert case.planned() == {"2026-Q1": 1, "2026-Q2": 2, "2026-Q3": 2, "2026-Q4": 1}
    case.act(accept_change, case.analyst, change_id=change.pk)
    assert case.planned() == {"2026-Q1": 1, "2026-Q2": 2, "2026-Q3": 1, "2026-Q4": 2}
    version = case.plan.versions.order_by("-number")[0]
    assert (version.number, version.occasion) == (2, "changed")
    assert version.reason == f"Cambio n.º 1: {WHY}"
    kinds = Notice.objects.filter(recipient=case.planner).values_list("kind", flat=True)
    assert list(kinds) == ["plan_change_answered"]


@pytest.mark.parametrize("signer", ["planner", "head"])
def test_who_asked_or_approved_a_change_never_decides_it(case, signer):
    change = case.approve()
    person = getattr(case, signer)
    Membership.objects.filter(user=person).update(role=Role.ANALYST, institution=None)
    with pytest.raises(PermissionDenied, match="Usted lo envió o lo aprobó"):
        case.act(accept_change, person, change_id=change.pk)
    refusal = {"event": "refuse", "observation": "No procede."}
    with pytest.raises(PermissionDenied, match="Usted lo envió o lo aprobó"):
        case.act(answer_change, person, change_id=change.pk, **refusal)
    rights = rights_on_change(access_of(person, on=AT.date()), change_facts(change))
    assert (rights.decides, "otra persona de DIGER" in rights.why_not) == (False, True)


def test_the_effect_on_the_status_is_worked_out_and_kept(case):
    case.report("2026-Q1", "1")
    case.report("2026-Q2", "2")
    case.report("2026-Q3", "1")
    change = case.send()
    (effect,) = change.effect
    assert (effect["period"], effect["before"]["value"], effect["after"]["value"]) == (
        "2026-Q3",
        "80",
        "100",
    )
    assert (effect["before"]["status"], effect["after"]["status"]) == ("at_risk", "on_track")
    first, second = change_facts(change).lines
    assert (first.label, first.has_effect, second.has_effect) == ("III\xa0trimestre", True, False)
    assert second.is_same_year


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"2026-Q2": Decimal(3)}, "ya cerró"),
        ({"2026-Q4": Decimal(-1)}, "cero o más"),
        ({"2026-Q4": Decimal("0.00001")}, "4 decimales"),
        ({"2027-Q1": Decimal(1)}, "no es del plan de 2026"),
    ],
)
def test_what_may_not_be_asked_is_refused_with_its_reason(case, values, sentence):
    with pytest.raises(ChangeError, match=sentence):
        case.ask(values=values)


def test_a_quarter_with_a_figure_is_not_taken_out_of_the_plan(case):
    case.report("2026-Q3", "0", ReportState.DRAFT)
    with pytest.raises(ChangeError, match="ya tiene un valor reportado"):
        case.ask(values={"2026-Q3": None})
    case.ask(values={"2026-Q3": Decimal(0)})


def test_quarters_that_do_not_make_the_year_are_not_sent(case):
    with pytest.raises(ChangeError, match=r"En 1\.6 los trimestres dan 5"):
        case.send(values={"2026-Q3": Decimal(1)})


def test_another_year_is_asked_with_its_quarters(case):
    change = case.send(values={"2026-Q4": Decimal(3), "annual_output": Decimal(8)})
    assert [line.label for line in change_facts(change).lines] == [
        "IV\xa0trimestre",
        "Producción anual",
    ]


def test_asking_for_what_is_in_force_leaves_no_line(case):
    change = case.ask()
    case.ask(values={"2026-Q3": Decimal(2)})
    assert list(change.lines.values_list("field", flat=True)) == ["2026-Q4"]


def test_a_line_is_removed_once(case):
    change = case.ask()
    line = change.lines.get(field="2026-Q4")
    for _click in range(2):
        case.act(remove_line, case.planner, change_id=change.pk, line_id=line.pk)
    assert change.lines.count() == 1


def test_a_change_without_reason_or_without_data_is_not_sent(case):
    change = case.start()
    with pytest.raises(ChangeError, match="al menos un dato"):
        case.act(submit_change, case.planner, change_id=change.pk, reason=WHY)
    case.ask()
    with pytest.raises(ChangeError, match="motivo"):
        case.act(submit_change, case.planner, change_id=change.pk, reason=" ")


def test_there_is_one_open_change_per_plan(case):
    assert case.start().pk == case.start().pk
    case.send()
    with pytest.raises(ChangeError, match="todavía no se decide"):
        case.start()


def test_a_draft_is_edited_and_not_changed_by_request(case):
    case.plan.state, case.plan.locked_at = "draft", None
    case.plan.save()
    with pytest.raises(ChangeError, match="se edita directamente"):
        case.start()


def test_before_the_lock_a_plan_says_how_it_is_changed(case):
    case.plan.state, case.plan.locked_at = "accepted", None
    case.plan.save()
    with pytest.raises(ChangeError, match="Pida a la administración de DIGER que lo bloquee"):
        case.start()


def test_returning_a_change_twice_has_one_effect(case):
    change = case.send()
    asked = {"change_id": change.pk, "event": "return", "observation": "Falta."}
    case.act(answer_change, case.head, **asked)
    events = AuditEvent.objects.count()
    case.act(answer_change, case.head, **asked)
    assert AuditEvent.objects.count() == events


def test_nobody_approves_the_change_they_sent(case):
    change = case.act(start_change, case.head, plan_id=case.plan.pk)
    case.act(propose, case.head, change_id=change.pk, product_id=case.product.pk, values=LATER)
    case.act(submit_change, case.head, change_id=change.pk, reason=WHY)
    with pytest.raises(PermissionDenied, match="otra persona"):
        case.act(approve_change, case.head, change_id=change.pk)


def test_diger_does_not_decide_before_the_head_approves(case):
    change = case.send()
    with pytest.raises(ChangeError, match="ya no corresponde"):
        case.act(accept_change, case.analyst, change_id=change.pk)


def test_what_is_returned_is_mended_and_sent_again(case):
    change = case.approve()
    case.act(answer_change, case.analyst, change_id=change.pk, event="return", observation="Falta.")
    assert case.start().pk == change.pk
    case.ask(values={"2026-Q3": Decimal(0), "2026-Q4": Decimal(3)})
    sent = case.act(submit_change, case.planner, change_id=change.pk, reason=WHY)
    assert (sent.state, sent.approved_by, sent.observation) == ("submitted", None, "")


def test_the_head_returns_but_does_not_refuse_for_good(case):
    change = case.send()
    asked = {"change_id": change.pk, "observation": "No."}
    with pytest.raises(ChangeError):
        case.act(answer_change, case.head, event="refuse", **asked)
    case.act(answer_change, case.head, event="return", **asked)
    change.refresh_from_db()
    assert change.state == "returned"


def test_a_refused_change_leaves_the_plan_and_lets_another_begin(case):
    change = case.approve()
    case.act(answer_change, case.analyst, change_id=change.pk, event="refuse", observation="No.")
    assert case.planned()["2026-Q3"] == 2
    assert case.start().number == 2


def test_a_quarter_that_closed_meanwhile_stops_the_change(case):
    change = case.approve()
    ReportingRound.objects.filter(period="2026-Q3").update(**CLOSED)
    with pytest.raises(ChangeError, match="ya cerró"):
        case.act(accept_change, case.analyst, change_id=change.pk)
    assert case.planned()["2026-Q3"] == 2


def figures_of(case):
    """What every reader of the programming says of the product at the third quarter."""
    third = Period.parse("2026-Q3")
    policy = policy_for(third)
    measure = product_measures(until=third, product_ids=[case.product.pk])[case.product.pk]
    sheet = report_sheet(institution=case.institution, period=third, policy=policy)
    (row,) = [row for group in sheet.groups for row in group.rows]
    (due,) = due_products(case.institution.pk, third)
    points = production_curve(case.institution, 2026).points
    return {
        "achieved": achieve(measure, as_of=third, policy=policy).to_date.value,
        "sheet": row.planned,
        "due": due.planned,
        "curve": [point.planned for point in points],
    }


def test_whoever_reads_the_programming_reads_the_accepted_one_at_once(case):
    for quarter, value in (("2026-Q1", "1"), ("2026-Q2", "2"), ("2026-Q3", "1")):
        case.report(quarter, value)
    change = case.approve()
    third = Period.parse("2026-Q3")
    closing = trial_digest(period=third, at=AT)
    before = {"achieved": 80, "sheet": 2, "due": 2, "curve": [1, 2, 2, 1]}
    assert figures_of(case) == before
    case.act(accept_change, case.analyst, change_id=change.pk)
    assert figures_of(case) == {"achieved": 100, "sheet": 1, "due": 1, "curve": [1, 2, 1, 2]}
    assert trial_digest(period=third, at=AT) != closing


def test_nothing_is_accepted_over_a_plan_that_changed(case):
    change = case.approve()
    case.product.targets.filter(period="2026-Q3").update(planned=5)
    with pytest.raises(ChangeError, match="cambió después"):
        case.act(accept_change, case.analyst, change_id=change.pk)


def test_accepting_twice_has_one_effect(case):
    change = case.approve()
    case.act(accept_change, case.analyst, change_id=change.pk)
    events = AuditEvent.objects.count()
    case.act(accept_change, case.analyst, change_id=change.pk)
    assert (AuditEvent.objects.count(), case.plan.versions.count()) == (events, 2)


def test_a_product_of_another_plan_is_not_asked(case):
    with pytest.raises(ChangeError, match="no está en el plan"):
        case.ask(product=make_product())


def test_only_accepted_changes_are_public(case):
    change = case.approve()
    assert accepted_changes() == ()
    case.act(accept_change, case.analyst, change_id=change.pk)
    (public,) = accepted_changes(fiscal_year=2026)
    assert (public.reason, public.lines[0].old, public.lines[0].new) == (WHY, 2, 1)
    assert accepted_changes(fiscal_year=2025) == ()


def test_the_institution_withdraws_what_nobody_has_decided(case):
    change = case.send()
    case.act(withdraw_change, case.planner, change_id=change.pk)
    assert case.start().number == 2


def test_a_change_touches_only_its_products(case):
    other = make_product(case.plan, YEAR, number=7, annual_output=Decimal(6))
    change = case.approve()
    case.act(accept_change, case.analyst, change_id=change.pk)
    assert Product.objects.get(pk=other.pk).targets.get(period="2026-Q3").planned == 2


def test_citizens_read_old_new_why_and_who(case, client):
    assert "Ninguna institución" in client.get("/reprogramaciones").content.decode()
    change = case.approve()
    case.act(accept_change, case.analyst, change_id=change.pk)
    page = client.get("/reprogramaciones").content.decode()
    assert WHY in page
    assert case.institution.name in page
    assert case.head.full_name in page


def test_each_person_finds_their_step_among_their_tasks(case):
    def titles(person):
        tasks = planning_tasks(access_of(person, on=AT.date()), AT)
        return [str(task.title) for task in tasks]

    assert titles(case.head) == []
    change = case.send()
    assert titles(case.head)[0].startswith("Aprobar el cambio n.º 1")
    case.act(approve_change, case.head, change_id=change.pk)
    assert titles(case.analyst)[0].startswith("Decidir el cambio n.º 1")
    draft = make_plan(case.institution, 2027)
    assert titles(case.planner) == [f"Completar y enviar el POA 2027 de {case.institution.name}"]
    assert titles(case.head) == []
    draft.state = "approved"
    draft.save()
    assert titles(case.analyst)[0].startswith("Aceptar o devolver el POA 2027")
