"""A grade opens to its goals, and their points add up to it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evaluation.actions import close_quarter, confirm_quarter, evaluate_country
from sigpret.apps.evaluation.actions.runs import NothingToEvaluateError
from sigpret.apps.evaluation.models import EvaluationRun
from sigpret.apps.evaluation.queries.institution import (
    institution_evaluation,
    institution_facts,
)
from sigpret.apps.evaluation.queries.national import national_grades
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.actions import UndecidedValuesError, evaluate_period
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.snapshots import digest_of_round
from sigpret.apps.reference import queries
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Alignment, Indicator, IndicatorTarget
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import PolicyBook
from sigpret.methodology.scoring import Band
from tests.apps.evaluation.country import AT, TODAY, open_round, overdue_round, stand, tell
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
THIRD, SECOND = Period.quarter(2026, 3), Period.quarter(2026, 2)
POLICY = policy_on(TODAY)


def evaluated(institution, period=THIRD):
    facts = institution_facts(institution.code)
    return institution_evaluation(facts, period=period, as_of=TODAY)


class TestAnOpenQuarter:
    @pytest.fixture
    def institution(self):
        open_round()
        institution = make_institution("414")
        for status, value in (
            ("behind", "50"),
            ("exceeded", "142"),
            ("not_reported", None),
            ("not_due", None),
        ):
            goal = make_goal(institution=institution, text=f"Meta {status}")
            stand(goal, status, value=value)
        return institution

    def test_over_achievement_is_capped_and_silence_is_zero(self, institution):
        grade = evaluated(institution).grade
        assert grade.value == Decimal(50)
        assert grade.band == Band.LOW
        assert (grade.due, grade.reported) == (3, 2)

    def test_the_points_of_the_goals_add_up_to_the_grade(self, institution):
        grade = evaluated(institution).grade
        assert sum(goal.contribution for goal in grade.goals) == pytest.approx(grade.value)

    def test_what_takes_most_points_away_comes_first_and_the_not_due_last(self, institution):
        texts = [row.goal.text for row in evaluated(institution).rows]
        assert texts == ["Meta not_reported", "Meta behind", "Meta exceeded", "Meta not_due"]

    def test_each_goal_stands_beside_its_figures(self, institution):
        row = evaluated(institution).rows[1]
        assert (row.standing.executed, row.standing.planned) == (61, 80)

    def test_it_is_not_kept_yet(self, institution):
        assert not evaluated(institution).grade.is_kept


def test_an_institution_without_programming_has_no_grade_and_is_listed_apart():
    open_round()
    institution = make_institution()
    assert evaluated(institution).grade.value is None
    national = national_grades(as_of=TODAY)
    assert national.graded == ()
    assert [grade.code for grade in national.without_data] == [institution.code]


def test_the_national_list_is_alphabetical_and_counts_bands():
    open_round()
    for name, value in (("Zorzal", "100"), ("Ámbar", "70"), ("Bosque", "20")):
        stand(make_goal(institution=make_institution(name=name)), "on_track", value=value)
    national = national_grades(as_of=TODAY)
    assert [grade.name for grade in national.graded] == ["Ámbar", "Bosque", "Zorzal"]
    assert national.bands == {Band.LOW: 1, Band.MEDIUM: 1, Band.HIGH: 1}


@pytest.mark.parametrize(("others", "are_compared"), [(4, False), (5, True)])
def test_fewer_than_five_peers_are_not_compared(others, are_compared):
    open_round()
    sector = make_sector()
    institutions = [make_institution() for _ in range(others + 1)]
    for institution in institutions:
        institution.sectors.add(sector)
        stand(make_goal(institution=institution), "on_track")
    shown = evaluated(institutions[0])
    assert shown.peer_count == others
    assert bool(shown.peers) is are_compared


def test_the_band_says_how_far_chance_may_carry_a_grade():
    open_round()
    sector = make_sector()
    for _ in range(6):
        institution = make_institution()
        institution.sectors.add(sector)
        for value in ("40", "60"):
            stand(make_goal(institution=institution), "behind", value=value)
    shown = evaluated(institution)
    assert shown.median == 50
    assert [one.size for one in shown.band] == [2]
    assert shown.band[0].low < 50 < shown.band[0].high


class TestClosing:
    @pytest.fixture
    def administrator(self):
        return make_user(Role.ADMINISTRATOR)

    @pytest.fixture
    def goal(self, administrator):
        round_ = overdue_round()
        planned = {"2026-Q1": "10", "2026-Q2": "10", "2026-Q3": "10"}
        goal = make_goal(planned=planned, institution=make_institution("414"))
        report = make_report(
            goal.institution, round_, state="submitted", submitted_at=AT, submitted_by=administrator
        )
        tell(report, goal, "24", administrator)
        return goal

    def close(self, administrator):
        director = make_user(Role.ADMINISTRATOR)
        for person, act in ((director, confirm_quarter), (administrator, close_quarter)):
            access = access_of(person, on=TODAY)
            closed = act(actor=person, access=access, period=THIRD, at=AT)
        return closed

    def test_keeps_the_grade_with_its_parts_under_the_rounds_digest(self, goal, administrator):
        closed = self.close(administrator)
        kept = Snapshot.objects.get(kind="institution", code="414").payload
        assert kept["grade"] is not None
        assert [part["code"] for part in kept["parts"]] == [goal.code]
        assert digest_of_round(closed.id) == closed.digest

    def test_the_page_reads_what_was_kept(self, goal, administrator):
        before = evaluated(goal.institution).grade
        self.close(administrator)
        stand_still = evaluated(goal.institution).grade
        assert stand_still.is_kept
        assert not before.is_kept

    def test_twice_has_one_effect(self, goal, administrator):
        first = self.close(administrator)
        assert self.close(administrator).digest == first.digest
        assert Snapshot.objects.filter(kind="institution").count() == 1

    def test_keeps_nothing_while_something_waits_for_a_decision(self, goal, administrator):
        other = make_goal(institution=goal.institution, planned={"2026-Q3": "1"})
        report = goal.institution.reports.get()
        make_value(report, "1", indicator=other.indicator, state="submitted")
        with pytest.raises(UndecidedValuesError):
            self.close(administrator)
        assert not Snapshot.objects.exists()


class TestARun:
    def test_records_version_and_digests(self):
        open_round()
        make_goal(planned={"2026-Q3": "10"})
        result = evaluate_country(as_of=TODAY, actor=None, at=AT)
        run = EvaluationRun.objects.get()
        assert (run.period, run.policy_version) == ("2026-Q3", POLICY.version)
        assert (run.inputs_digest, run.result_digest) == (result.inputs_digest, result.digest)

    def test_twice_on_the_same_data_gives_the_same_digests(self):
        open_round()
        make_goal(planned={"2026-Q3": "10"})
        first, second = (evaluate_country(as_of=TODAY, actor=None, at=AT) for _ in range(2))
        assert first.digest == second.digest
        assert first.to_json() == second.to_json()

    def test_another_validated_value_gives_other_digests(self):
        round_ = open_round()
        goal = make_goal(planned={"2026-Q3": "10"})
        first = evaluate_country(as_of=TODAY, actor=None, at=AT)
        report = make_report(goal.institution, round_)
        tell(report, goal, "7", make_user(Role.ANALYST))
        second = evaluate_country(as_of=TODAY, actor=None, at=AT)
        assert first.inputs_digest != second.inputs_digest
        assert first.digest != second.digest

    @pytest.mark.parametrize(
        ("table", "changed"),
        [
            (Indicator, {"baseline": "3"}),
            (Indicator, {"tolerance": "5"}),
            (Indicator, {"sense": "descending"}),
            (Indicator, {"accumulation": "last"}),
            (Alignment, {"weight": "7"}),
            (Alignment, {"rollup_rule": "maximum"}),
            (IndicatorTarget, {"planned": "11"}),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
    )
    def test_whatever_the_figures_follow_from_is_in_the_digest(self, table, changed):
        open_round()
        make_goal(planned={"2026-Q3": "10"}, serves=(make_goal("sectoral"),))
        first = evaluate_country(as_of=TODAY, actor=None, at=AT)
        table.objects.update(**changed)
        second = evaluate_country(as_of=TODAY, actor=None, at=AT)
        assert first.inputs_digest != second.inputs_digest

    def test_other_rules_give_another_digest_of_what_went_in(self, monkeypatch):
        open_round()
        first = evaluate_country(as_of=TODAY, actor=None, at=AT)
        book = PolicyBook((replace(POLICY, version="otra"),))
        monkeypatch.setattr(queries, "policy_book", lambda: book)
        second = evaluate_country(as_of=TODAY, actor=None, at=AT)
        assert first.inputs_digest != second.inputs_digest

    def test_is_dated_by_whoever_asked_and_leaves_one_event(self):
        open_round()
        make_goal(planned={"2026-Q3": "10"})
        evaluate_country(as_of=TODAY, actor=None, at=AT)
        assert EvaluationRun.objects.get().run_at == AT
        assert AuditEvent.objects.get().action == "evaluation.country_evaluated"

    def test_without_rounds_there_is_nothing_to_evaluate(self):
        with pytest.raises(NothingToEvaluateError):
            evaluate_country(as_of=TODAY, actor=None, at=AT)

    def test_a_goal_shows_both_numbers(self):
        open_round()
        make_goal(planned={"2026-Q3": "10"}, code="M-1")
        evaluate_period(period=THIRD, policy=POLICY, at=AT)
        document = evaluate_country(as_of=TODAY, actor=None, at=AT).to_json()
        (goal,) = document["goals"]
        assert goal["own"] == {"value": None, "status": "not_reported"}
        assert set(goal) == {"code", "level", "text", "own", "contributed"}
