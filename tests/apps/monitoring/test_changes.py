"""A datum of a closed quarter that should be another: asked, decided by somebody else, public."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.actions.changes import (
    ChangeRequestError,
    Wanted,
    decide_change,
    request_change,
    withdraw_change,
)
from sigpret.apps.monitoring.actions.effects import change_effect
from sigpret.apps.monitoring.models import (
    ChangeRequest,
    DisaggregatedAmount,
    GoalAchievement,
    IndicatorAchievement,
    ReportedValue,
    Snapshot,
)
from sigpret.apps.monitoring.queries import digest_of_round
from sigpret.apps.monitoring.queries.changes import change_facts, changes_for, years_of_changes
from sigpret.apps.notices.models import Notice
from sigpret.apps.reference.models import Disaggregation, DisaggregationCategory
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import DEADLINE, Q3, Ministry, access, chain_above
from tests.factories.evidence import make_evidence
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_round
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + timedelta(days=20)
WHY = "El acta de recepción llegó después."


@pytest.fixture
def ministry():
    ministry = Ministry()
    ministry.above = chain_above(ministry.goal)
    ministry.validate_everything()
    ministry.close()
    return ministry


def ask(ministry, value="30", *, by=None, reason=WHY, **subject):
    subject = subject or {"indicator_id": ministry.indicator.pk}
    by = by or ministry.registrar
    wanted = Wanted(
        institution=ministry.institution,
        period=Q3,
        product_id=subject.get("product_id"),
        indicator_id=subject.get("indicator_id"),
        new_value=Decimal(value),
        reason=reason,
    )
    return request_change(actor=by, access=access(by), wanted=wanted, at=AFTER)


def decide(ministry, asked, *, by=None, is_approved=True, note="Consta en el acta 118."):
    by = by or ministry.analyst
    return decide_change(
        actor=by,
        access=access(by),
        request_id=asked.pk,
        is_approved=is_approved,
        note=note,
        at=AFTER,
    )


def live(goal):
    return GoalAchievement.objects.get(goal=goal, period=Q3.code)


def test_an_approved_change_moves_todays_figures_and_not_what_closed(ministry):
    kept = Snapshot.objects.get(kind="goal", subject_id=ministry.goal.pk).payload
    decide(ministry, ask(ministry))
    assert live(ministry.goal).own == 100
    for goal in ministry.above:
        assert live(goal).contributed == 100
    assert Snapshot.objects.get(kind="goal", subject_id=ministry.goal.pk).payload == kept
    assert digest_of_round(ministry.round.pk) == type(ministry.round).objects.get().digest
    value = ReportedValue.objects.get(indicator=ministry.indicator)
    assert (value.value, value.state, value.decided_by) == (30, "validated", ministry.analyst)


def test_asking_alone_changes_nothing(ministry):
    before = live(ministry.goal).own
    asked = ask(ministry)
    assert (asked.old_value, asked.new_value) == (10, 30)
    assert live(ministry.goal).own == before


def test_the_effect_is_worked_out_without_storing_it(ministry):
    effect = change_effect(
        institution=ministry.institution,
        period=Q3,
        product_id=None,
        indicator_id=ministry.indicator.pk,
        new_value=Decimal(30),
    )
    told = {(row["code"], row["what"]): (row["before"]["status"], row["after"]["status"])
            for row in effect}  # fmt: skip
    assert told[ministry.goal.code, "own"] == ("behind", "on_track")
    assert {told[goal.code, "contributed"] for goal in ministry.above} == {("behind", "on_track")}
    assert live(ministry.goal).own_status == "behind"


def test_the_preview_says_just_what_the_approval_does(ministry):
    asked = ask(ministry, "24")
    decide(ministry, asked)
    for row in asked.effect:
        stored = GoalAchievement.objects.get(goal__code=row["code"], period=Q3.code)
        found = getattr(stored, row["what"])
        assert abs(found - Decimal(row["after"]["value"])) < Decimal("1e-20")


def test_a_value_that_is_as_it_was_has_no_effect_and_is_not_asked(ministry):
    with pytest.raises(ChangeRequestError, match="ya cuenta"):
        ask(ministry, "10")


def test_a_datum_never_reported_counts_from_its_approval():
    ministry = Ministry()
    ministry.close()
    asked = ask(ministry, "30")
    assert (asked.old_value, asked.value.value) == (None, None)
    decide(ministry, asked)
    value = ReportedValue.objects.get(indicator=ministry.indicator)
    assert (value.value, value.state, value.report.state) == (30, "validated", "validated")
    assert live(ministry.goal).own == 100


def test_a_products_change_moves_no_goal(ministry):
    before = live(ministry.goal).own
    asked = ask(ministry, "6", product_id=ministry.product.pk)
    assert [row["what"] for row in asked.effect] == ["product"]
    decide(ministry, asked)
    assert live(ministry.goal).own == before


def test_the_quarters_after_it_count_it_too(ministry):
    q4 = Period.parse("2026-Q4")
    make_round("2026-Q4", opens_on=AFTER.date(), closes_at=AFTER + timedelta(days=90))
    actions.evaluate_period(period=q4, policy=policy_for(q4), at=AFTER)
    decide(ministry, ask(ministry))
    assert GoalAchievement.objects.get(goal=ministry.goal, period="2026-Q4").own is None
    later = IndicatorAchievement.objects.get(indicator=ministry.indicator, period="2026-Q4")
    assert later.executed == 30


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [({"reason": " "}, "por qué debe cambiar")],
)
def test_a_request_says_why(ministry, asked, sentence):
    with pytest.raises(ChangeRequestError, match=sentence):
        ask(ministry, **asked)


def test_an_open_quarter_is_corrected_in_its_report():
    ministry = Ministry()
    with pytest.raises(ChangeRequestError, match="corrija el dato en su reporte"):
        ask(ministry)


def test_asking_twice_for_the_same_has_one_effect(ministry):
    assert ask(ministry) == ask(ministry)
    with pytest.raises(ChangeRequestError, match="sin decidir"):
        ask(ministry, "31")


def test_another_institutions_datum_is_not_asked(ministry):
    stranger = Ministry(round=ministry.round)
    with pytest.raises(PermissionDenied):
        ask(ministry, by=stranger.registrar)
    with pytest.raises(actions.UnknownSubjectError):
        ask(stranger, indicator_id=ministry.indicator.pk)


def test_nobody_decides_what_they_asked_nor_their_own_institutions(ministry):
    both = make_user(Role.REGISTRAR, institution=ministry.institution)
    asked = ask(ministry, by=both)
    with pytest.raises(PermissionDenied):
        decide(ministry, asked, by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.update(state="approved", decided_by=both, decided_at=AFTER)
    for role in (Role.AUDITOR, Role.PRESIDENCY):
        with pytest.raises(PermissionDenied):
            decide(ministry, asked, by=make_user(role))


def test_a_decision_carries_its_note_and_is_taken_once(ministry):
    asked = ask(ministry)
    with pytest.raises(ChangeRequestError, match="nota de su decisión"):
        decide(ministry, asked, note="")
    refused = decide(ministry, asked, is_approved=False, note="Falta el acta.")
    events = AuditEvent.objects.count()
    assert decide(ministry, asked, is_approved=False, note="Falta el acta.") == refused
    assert AuditEvent.objects.count() == events
    with pytest.raises(ChangeRequestError, match="ya se decidió"):
        decide(ministry, asked)
    assert live(ministry.goal).own_status == "behind"


def test_the_institution_takes_it_back_before_it_is_decided(ministry):
    asked = ask(ministry)
    back = {"actor": ministry.registrar, "access": access(ministry.registrar), "at": AFTER}
    assert withdraw_change(request_id=asked.pk, **back).state == "withdrawn"
    assert withdraw_change(request_id=asked.pk, **back).state == "withdrawn"
    with pytest.raises(ChangeRequestError, match="ya se decidió"):
        decide(ministry, asked)
    assert ask(ministry).pk != asked.pk


def test_the_chain_keeps_the_old_value_the_new_one_and_why(ministry):
    decide(ministry, ask(ministry))
    asked, decided = AuditEvent.objects.filter(action__startswith="monitoring.change_").order_by(
        "id"
    )
    told = json.loads(asked.payload)
    assert (told["old"], told["new"], told["reason"]) == ("10", "30", WHY)
    assert json.loads(decided.payload)["note"] == "Consta en el acta 118."


def test_each_side_is_told_once(ministry):
    asked = ask(ministry)
    decide(ministry, asked)
    told = set(Notice.objects.filter(kind__startswith="change").values_list("kind", "recipient"))
    assert ("change_requested", ministry.administrator.pk) in told
    assert ("change_decided", ministry.registrar.pk) in told


def test_each_reads_those_of_their_institution(ministry):
    asked = ask(ministry)
    other = Ministry(round=ministry.round)
    assert [one.id for one in changes_for(access(ministry.registrar))] == [asked.pk]
    assert changes_for(access(other.registrar)) == ()
    assert [one.id for one in changes_for(access(make_user(Role.AUDITOR)))] == [asked.pk]
    facts = change_facts(asked.pk)
    assert (facts.code, facts.name, facts.old, facts.new) == (
        ministry.goal.code,
        ministry.goal.text,
        10,
        30,
    )


def test_nobody_approves_over_a_value_written_after_the_request(ministry):
    asked = ask(ministry)
    ReportedValue.objects.filter(indicator=ministry.indicator).update(value=20)
    with pytest.raises(ChangeRequestError, match="cambió después"):
        decide(ministry, asked)
    value = ReportedValue.objects.get(indicator=ministry.indicator)
    assert value.value == 20
    assert decide(ministry, asked, is_approved=False, note="Ya es otro.").state == "refused"


def test_a_draft_written_after_the_request_is_not_approved_over():
    ministry = Ministry()
    ministry.close()
    asked = ask(ministry)
    ReportedValue.objects.filter(pk=asked.value_id).update(
        value=20, reported_by=ministry.registrar, reported_at=AFTER + timedelta(hours=1)
    )
    with pytest.raises(ChangeRequestError, match="cambió después"):
        decide(ministry, asked)


def test_reopening_withdraws_the_requests_that_wait(ministry):
    asked = ask(ministry)
    ministry.reopen(at=AFTER)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert json.loads(AuditEvent.objects.latest("id").payload)["withdrawn_changes"] == [asked.pk]


def test_a_request_withdrawn_by_reopening_says_why(ministry, client):
    asked = ask(ministry)
    ministry.reopen(at=AFTER)
    client.force_login(ministry.registrar)
    page = client.get(reverse("monitoring:change", args=[asked.pk])).content.decode()
    assert "El trimestre se reabrió" in page


def test_a_value_split_in_parts_is_not_changed_alone(ministry):
    by_sex = Disaggregation.objects.create(code="sex", name="Sexo", source="inventada")
    category = DisaggregationCategory.objects.create(
        disaggregation=by_sex, code="mujeres", name="Mujeres", position=1, source="inventada"
    )
    ministry.indicator.disaggregations.add(by_sex)
    asked = ask(ministry)
    value = ReportedValue.objects.get(indicator=ministry.indicator)
    DisaggregatedAmount.objects.create(value=value, category=category, amount=10)
    with pytest.raises(ChangeRequestError, match="cambió después de la solicitud"):
        decide(ministry, asked)
    decide(ministry, asked, is_approved=False, note="Falta el desglose.")
    with pytest.raises(ChangeRequestError, match="Las partes suman 10 y el total es 31"):
        ask(ministry, "31")


def test_the_evidence_of_a_request_belongs_to_its_institution(ministry):
    wanted = Wanted(
        institution=ministry.institution,
        period=Q3,
        product_id=None,
        indicator_id=ministry.indicator.pk,
        new_value=Decimal(30),
        reason=WHY,
        evidence_id=make_evidence(Ministry(round=ministry.round).institution).pk,
    )
    by = ministry.registrar
    with pytest.raises(ChangeRequestError, match="no es de su institución"):
        request_change(actor=by, access=access(by), wanted=wanted, at=AFTER)


def test_deciding_asks_for_the_password_again(ministry, client):
    asked = ask(ministry)
    client.force_login(ministry.analyst, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(
        reverse("monitoring:change", args=[asked.pk]), {"decision": "approve", "note": "Consta."}
    )
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_the_list_is_of_one_year_and_of_whatever_waits(ministry):
    asked = ask(ministry)
    reader = access(ministry.registrar)
    assert years_of_changes(reader) == (2026,)
    assert [one.id for one in changes_for(reader, year=2025)] == [asked.pk]
    decide(ministry, asked)
    assert changes_for(reader, year=2025) == ()
    assert [one.id for one in changes_for(reader, year=2026)] == [asked.pk]


def test_the_list_has_a_link_to_each_year(ministry, client):
    asked = ask(ministry)
    client.force_login(ministry.registrar)
    page = client.get(reverse("monitoring:changes"), {"anio": "x"}).content.decode()
    assert f"solicitud {asked.pk}" in page


def test_a_goal_beside_is_left_alone(ministry):
    beside = make_goal(institution=ministry.institution)
    decide(ministry, ask(ministry))
    assert not GoalAchievement.objects.filter(goal=beside).exists()
