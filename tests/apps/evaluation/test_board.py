"""The board answers from the data, with few statements whatever the size of the country."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.accounts.roles import Role
from sigpret.apps.evaluation.actions import evaluate_country
from sigpret.apps.evaluation.queries.board import board
from sigpret.apps.evaluation.queries.national import national_grades
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError, quarter_shown
from sigpret.apps.evaluation.sentences import headline, preliminary_sentence
from sigpret.apps.reference import queries
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import PolicyBook
from tests.apps.evaluation.country import AT, TODAY, closed_round, keep, open_round, stand, tell
from tests.factories.institutions import make_sector, make_user
from tests.factories.monitoring import make_report
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
PRESIDENTIAL = "presidential"


def shown(**asked):
    return board(as_of=TODAY, **asked)


def test_without_rounds_there_is_no_board():
    assert shown() is None


def test_the_quarter_shown_is_the_last_that_had_ended():
    closed_round("2026-Q2")
    open_round("2026-Q3")
    assert shown().period == Period.quarter(2026, 3)
    assert quarter_shown(as_of=date(2026, 9, 29)).period == Period.quarter(2026, 2)
    assert quarter_shown(as_of=date(2026, 9, 30)).period == Period.quarter(2026, 3)


def test_a_quarter_nobody_opened_is_refused():
    open_round("2026-Q3")
    with pytest.raises(UnknownQuarterError):
        shown(period=Period.quarter(2025, 1))


class TestAnOpenQuarter:
    @pytest.fixture
    def goals(self):
        second, third = closed_round(), open_round()
        names = ("behind", "worse", "better", "silent")
        goals = {name: make_goal(PRESIDENTIAL, text=f"Meta {name}") for name in names}
        for name, before, now in (
            ("behind", "behind", "behind"),
            ("worse", "at_risk", "behind"),
            ("better", "behind", "on_track"),
            ("silent", "on_track", "not_reported"),
        ):
            keep(goals[name], second, before)
            stand(goals[name], now, value={"worse": "40"}.get(name))
        return goals | {"round": third}

    def test_counts_now_and_a_quarter_ago(self, goals):
        answer = shown()
        assert answer.counts == {"behind": 2, "on_track": 1, "not_reported": 1}
        assert answer.previous_counts == {"behind": 2, "at_risk": 1, "on_track": 1}
        assert headline(answer) == (
            "2 de 4 metas presidenciales están rezagadas.",
            "Una empeoró y una mejoró.",
        )

    def test_says_that_it_is_preliminary(self, goals):
        make_report(goals["behind"].indicator.responsible, goals["round"])
        assert preliminary_sentence(shown()).startswith("Preliminar: 0 de 4 instituciones")

    def test_decisions_are_what_is_behind_farthest_first(self, goals):
        assert [goal.now.text for goal in shown().decisions] == ["Meta worse", "Meta behind"]

    def test_silence_is_not_a_decision_and_not_worse_yet(self, goals):
        assert "Meta silent" not in [goal.now.text for goal in shown().worsened]

    def test_the_series_continues_the_closing(self, goals):
        series = shown().decisions[0].now.series
        assert [point.period.code for point in series] == ["2026-Q2", "2026-Q3"]

    def test_a_validated_cause_is_shown(self, goals):
        goal = goals["behind"]
        report = make_report(goal.indicator.responsible, goals["round"])
        tell(report, goal, "61", make_user(Role.ANALYST), cause="Licitación desierta")
        causes = [entry.now.cause for entry in shown().decisions]
        assert [cause and cause.text for cause in causes] == [None, "Licitación desierta"]

    def test_without_a_cause_the_children_behind_are_named(self, goals):
        child = make_goal("sectoral", text="Comprar equipos", serves=(goals["worse"],))
        stand(child, "behind")
        assert shown().decisions[0].behind_it == ("Comprar equipos",)

    def test_a_reserved_goal_is_not_named_among_them(self, goals):
        child = make_goal(text="Meta reservada", serves=(goals["worse"],))
        stand(child, "behind")
        assert shown().decisions[0].behind_it == ()

    def test_confidence_counts_goals_values_and_institutions(self, goals):
        goal = goals["behind"]
        report = make_report(goal.indicator.responsible, goals["round"])
        tell(report, goal, "61", make_user(Role.ANALYST))
        sure = shown().confidence
        assert (sure.goals_validated, sure.goals) == (3, 4)
        assert (sure.values_validated, sure.values_reported) == (1, 1)
        assert (sure.institutions_submitted, sure.institutions) == (0, 4)


def test_a_closed_quarter_shows_what_was_kept():
    second = closed_round()
    goal = make_goal(PRESIDENTIAL)
    keep(goal, second, "behind", text="Como se cerró", cause={"category": "legal", "text": "Ley"})
    stand(goal, "on_track", period="2026-Q2")
    answer = shown(period=Period.quarter(2026, 2))
    assert answer.is_official
    assert [entry.now.text for entry in answer.decisions] == ["Como se cerró"]
    assert answer.decisions[0].now.cause.text == "Ley"
    assert preliminary_sentence(answer) == ""


def test_falling_silent_at_the_closing_is_worse():
    first, second = closed_round("2026-Q1"), closed_round("2026-Q2")
    goal = make_goal(PRESIDENTIAL)
    keep(goal, first, "on_track")
    keep(goal, second, "not_reported")
    assert len(shown(period=Period.quarter(2026, 2)).worsened) == 1


def test_a_sector_in_two_blocks_lists_its_goals_once():
    open_round()
    sector = make_sector("Mercado Laboral")
    axis = sector.blocks.get().axis
    other = axis.blocks.create(code="2", name="Bloque social")
    sector.sectorblock_set.create(block=other)
    stand(make_goal(PRESIDENTIAL, sector=sector), "on_track")
    first, second = (block.sectors[0] for block in shown().blocks)
    assert (len(first.goals), first.elsewhere) == (1, "")
    assert (len(second.goals), second.elsewhere) == (0, "Bloque")


@pytest.mark.parametrize("size", [1, 12])
def test_the_statements_do_not_grow_with_the_country(size, client):
    second, third = closed_round(), open_round()
    for _ in range(size):
        goal = make_goal(PRESIDENTIAL)
        keep(goal, second, "at_risk")
        stand(goal, "behind")
        make_report(goal.indicator.responsible, third)
    client.force_login(make_user(Role.PRESIDENCY))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get("/tablero").status_code == 200
    assert len(captured) <= 13, [query["sql"][:90] for query in captured]


def test_rules_of_october_do_not_judge_september(monkeypatch):
    september = policy_on(TODAY)
    october = replace(september, version="nueva", valid_from=date(2026, 10, 1))
    book = PolicyBook((september, october))
    monkeypatch.setattr(queries, "policy_book", lambda: book)
    open_round()
    stand(make_goal(PRESIDENTIAL), "on_track")
    assert policy_on(TODAY).version == "nueva"
    assert shown().policy.version == september.version
    assert national_grades(as_of=TODAY).policy.version == september.version
    run = evaluate_country(as_of=TODAY, actor=None, at=AT)
    assert run.policy_version == september.version
