"""Closing a quarter: refused while something waits, whole, once, and for ever."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions, queries
from sigpret.apps.monitoring.models import GoalAchievement, ReportingRound, Snapshot
from sigpret.apps.reference.queries import policy_on
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry, chain_above
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
FIGURES = ("period", "to_date", "annual", "multi_year")


@pytest.fixture
def ministry():
    return Ministry()


def payload_of(subject, kind="goal"):
    return Snapshot.objects.get(kind=kind, subject_id=subject.pk).payload


def test_only_the_administration_closes(ministry):
    for role in set(Role) - {Role.ADMINISTRATOR}:
        person = make_user(role, institution=ministry.institution)
        with pytest.raises(PermissionDenied, match="Sólo la administración"):
            ministry.close(by=person)


def test_a_quarter_nobody_opened_cannot_be_closed(ministry):
    ministry.round.delete()
    with pytest.raises(actions.RoundNotOpenError, match="III trimestre no está abierto"):
        ministry.close()


def test_what_waits_for_a_decision_keeps_the_quarter_open(ministry):
    ministry.save_everything()
    ministry.submit()
    with pytest.raises(actions.UndecidedValuesError) as caught:
        ministry.close()
    name = ministry.institution.name
    assert str(caught.value) == f"Falta decidir 2 datos enviados: {name} (2)."
    assert [(one.code, one.values) for one in caught.value.waiting] == [
        (ministry.institution.code, 2)
    ]
    assert ReportingRound.objects.get().state == "open"


def test_a_quarter_closes_after_its_deadline(ministry):
    with pytest.raises(actions.BeforeDeadlineError, match="hasta el 16 de octubre"):
        ministry.close(at=DEADLINE - timedelta(seconds=1))
    assert ReportingRound.objects.get().state == "open"
    assert ministry.close(at=DEADLINE).is_closed


def test_quarters_close_in_order(ministry):
    make_round("2026-Q2")
    with pytest.raises(actions.EarlierRoundOpenError, match="primero el II trimestre de 2026"):
        ministry.close()
    assert not Snapshot.objects.exists()


def test_a_quarter_closes_while_the_next_one_is_open(ministry):
    make_round("2026-Q4")
    assert ministry.close().is_closed


def test_closing_stores_the_round_and_its_snapshots(ministry):
    ministry.validate_everything()
    closed = ministry.close()
    stored = ReportingRound.objects.get()
    assert (stored.state, stored.closed_at, stored.closed_by_id) == (
        "closed",
        DEADLINE,
        ministry.administrator.pk,
    )
    assert closed.is_closed
    assert set(Snapshot.objects.values_list("kind", "subject_id")) == {
        ("goal", ministry.goal.pk),
        ("product", ministry.product.pk),
    }


def test_the_digest_can_be_computed_again_from_what_is_stored(ministry):
    ministry.validate_everything()
    closed = ministry.close()
    assert len(closed.digest) == 64
    assert queries.digest_of_round(closed.id) == closed.digest


def test_what_was_stored_refuses_to_change(ministry):
    closed = ministry.close()
    with pytest.raises(Error, match="no se cambia"), transaction.atomic():
        Snapshot.objects.filter(kind="goal").update(payload={})
    with pytest.raises(Error, match="no se cambia"), transaction.atomic():
        ReportingRound.objects.update(state="open", closed_at=None, digest="")
    assert queries.digest_of_round(closed.id) == closed.digest


def test_closing_twice_has_one_effect(ministry):
    first = ministry.close()
    events, snapshots = AuditEvent.objects.count(), Snapshot.objects.count()
    again = ministry.close(at=DEADLINE + timedelta(days=1))
    assert again == first
    assert (AuditEvent.objects.count(), Snapshot.objects.count()) == (events, snapshots)


def test_what_closed_is_not_evaluated_again(ministry):
    ministry.close()
    with pytest.raises(actions.RoundNotOpenError, match="cerró"):
        actions.evaluate_period(period=Q3, policy=policy_on(Q3.end), at=DEADLINE)


def test_the_event_of_the_closing_carries_the_digest(ministry):
    closed = ministry.close()
    event = AuditEvent.objects.latest("id")
    told = json.loads(event.payload)
    assert (event.action, event.subject_id) == ("monitoring.round_closed", "2026-Q3")
    assert (told["digest"], told["snapshots"]) == (closed.digest, 2)


def test_nothing_is_written_nor_decided_after_the_closing(ministry):
    ministry.validate_everything()
    ministry.close()
    with pytest.raises(actions.RoundNotOpenError, match="cerró el 16 de octubre"):
        ministry.save("3")
    with pytest.raises(actions.RoundNotOpenError, match="cerró"):
        ministry.give_back(ministry.value_of(ministry.product))


@pytest.mark.parametrize("left_as", ["draft", "returned"])
def test_what_is_draft_or_returned_at_the_closing_was_not_reported(ministry, left_as):
    ministry.save_everything()
    if left_as == "returned":
        ministry.submit()
        for subject in (ministry.product, ministry.indicator):
            ministry.give_back(ministry.value_of(subject))
    ministry.close()
    for payload in (payload_of(ministry.goal), payload_of(ministry.product, "product")):
        assert payload["figures"]["to_date"] == {"value": None, "status": "not_reported"}
        assert payload["reported_on"] is None
        assert payload["cause"] is None


def test_a_goal_snapshot_carries_all_that_explains_its_figure(ministry):
    ministry.validate_everything()
    ministry.close()
    payload = payload_of(ministry.goal)
    assert payload["code"] == ministry.goal.code
    assert payload["institution"]["code"] == ministry.institution.code
    assert payload["responsible"]["code"] == ministry.institution.code
    assert payload["indicator"]["sense"] == "ascending"
    assert (payload["annual_target"], payload["planned_to_date"]) == ("40", "30")
    assert payload["executed_to_date"] == "10"
    assert payload["own"]["value"].startswith("33.33333333333")
    assert payload["own"]["status"] == "behind"
    assert payload["own"]["explanation"]["sentence"]
    assert set(payload["figures"]) == set(FIGURES)
    assert payload["cause"] == {
        "category": "Contratación",
        "text": "La licitación quedó desierta.",
    }
    assert payload["review"] == {"text": "", "decided_on": "2026-10-13"}
    assert (payload["reported_on"], payload["validated_on"]) == ("2026-10-13", "2026-10-13")


def test_the_series_ends_at_the_quarter_and_holds_quantities_to_date(ministry):
    ministry.validate_everything()
    ministry.close()
    series = payload_of(ministry.goal)["series"]
    assert [point["period"] for point in series] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert [point["planned_to_date"] for point in series] == ["10", "20", "30"]
    assert [point["executed"] for point in series] == [None, None, "10"]
    assert [point["status"] for point in series] == ["not_reported", "not_reported", "behind"]


def test_a_quarter_nobody_reported_keeps_no_figure_of_those_before(ministry):
    closed = {"state": "closed", "closed_at": NOW, "digest": "d" * 64}
    june = make_report(ministry.institution, make_round("2026-Q2", **closed))
    said = {"reported_by": ministry.registrar, "reported_at": NOW}
    decided = {"state": "validated", "decided_by": ministry.analyst, "decided_at": NOW}
    make_value(june, "20", indicator=ministry.indicator, **said, **decided)
    ministry.close()
    payload = payload_of(ministry.goal)
    assert (payload["own"]["status"], payload["executed_to_date"]) == ("not_reported", None)
    assert [point["executed_to_date"] for point in payload["series"]] == [None, "20", None]


def test_a_goal_without_an_indicator_keeps_the_same_keys_empty(ministry):
    bare = make_goal("presidential")
    bare.indicator.delete()
    ministry.close()
    payload = payload_of(bare)
    assert set(payload) == set(payload_of(ministry.goal))
    assert (payload["indicator"], payload["series"], payload["executed_to_date"]) == (
        None,
        [],
        None,
    )


def test_a_product_snapshot_is_known_by_its_whole_code(ministry):
    ministry.validate_everything()
    ministry.close()
    payload = payload_of(ministry.product, "product")
    code = f"{ministry.institution.code}.2026.1.{ministry.product.number}"
    assert (payload["code"], payload["executed_to_date"]) == (code, "2")


def test_goals_above_show_what_their_children_contribute(ministry):
    sectoral, presidential = chain_above(ministry.goal)
    ministry.validate_everything()
    ministry.close()
    for goal in (sectoral, presidential):
        assert payload_of(goal)["contributed"]["value"].startswith("33.33333")
        assert GoalAchievement.objects.get(goal=goal).contributed_status == "behind"


def test_the_apps_above_add_their_snapshots_under_the_same_digest(ministry):
    def grades(evaluation, excused):
        assert (evaluation.goals.keys(), excused) == ({ministry.goal.pk}, {})
        yield queries.NewSnapshot("institution", ministry.institution.pk, "9", {"grade": "33.3"})

    asked = {"period": Q3, "at": DEADLINE, "more_snapshots": grades}
    for person, act in (
        (ministry.director, actions.confirm_closing),
        (ministry.administrator, actions.close_round),
    ):
        closed = act(actor=person, access=ministry.access(person), **asked)
    assert payload_of(ministry.institution, "institution") == {"grade": "33.3"}
    assert queries.digest_of_round(closed.id) == closed.digest


def test_a_round_of_the_past_is_sealed_without_an_event(ministry):
    with transaction.atomic():
        held = ReportingRound.objects.select_for_update().get()
        sealed = actions.seal_round(held=held, closed_by=None, at=DEADLINE)
    assert (sealed.snapshots, sealed.closing.published_at) == (2, DEADLINE)
    assert ReportingRound.objects.get().state == "closed"
    assert not AuditEvent.objects.exists()


def test_the_checklist_names_who_is_missing(ministry):
    silent = Ministry(round=ministry.round)
    ministry.save_everything()
    ministry.submit()
    ministry.give_back(ministry.value_of(ministry.product))
    checklist = queries.closing_checklist(Q3)
    assert (checklist.due, checklist.validated, checklist.can_close) == (4, 0, False)
    assert [(one.code, one.values) for one in checklist.undecided] == [
        (ministry.institution.code, 1)
    ]
    assert [one.code for one in checklist.returned] == [ministry.institution.code]
    assert [(one.name, one.values) for one in checklist.unreported] == [
        (silent.institution.name, 2)
    ]
    assert (checklist.institutions, checklist.institutions_sent) == (2, 1)


@pytest.mark.parametrize(
    ("planned", "indicator", "due"),
    [
        ({"2026-Q3": "10"}, {}, 1),
        ({"2026-Q3": "0"}, {}, 0),
        ({"2026-Q3": "0"}, {"sense": "descending"}, 1),
        ({"2026-Q3": "0"}, {"across_years": "capacidad", "baseline": "5"}, 1),
        ({"2026-Q4": "10"}, {}, 0),
        ({"2026-T2": "10"}, {}, 1),
        ({"2026-B4": "10"}, {}, 1),
        ({"2026-M09": "10"}, {}, 1),
        ({"2026-M10": "10"}, {}, 0),
        ({"2026": "10"}, {}, 0),
    ],
)
def test_the_checklist_counts_as_due_what_the_methodology_does(planned, indicator, due):
    """What is counted as due is what a whole evaluation calls not reported."""
    make_round()
    goal = make_goal(planned=planned, indicator=indicator)
    assert queries.closing_checklist(Q3).due == due
    figures = queries.evaluate_goals(period=Q3, policy=policy_on(Q3.end))[goal.pk]
    assert (figures.own.status == "not_reported") == (due == 1)


def test_a_quarter_without_a_round_has_a_checklist_that_cannot_close(ministry):
    ministry.round.delete()
    assert not queries.closing_checklist(Q3).can_close
