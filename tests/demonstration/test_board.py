"""What the presidential board shows in October 2026, by the methodology's own judgement."""

from collections import Counter

import pytest
from django.conf import settings

from sigpret.demonstration.quarters import OPEN
from sigpret.methodology.achievement import achieve
from sigpret.methodology.measure import Accumulation, AcrossYears, Measure, Sense
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import load_policies


@pytest.fixture(scope="module")
def judged(country, values):
    """The status to date of each presidential goal at a quarter, from validated values only."""
    validated = {
        (value.goal, period): value.value for period, value in values if value.state == "validated"
    }

    def statuses(code: str) -> dict[str, str]:
        as_of = Period.parse(code)
        policy = load_policies(settings.POLICIES).on(as_of.end)
        return {
            goal.code: str(
                achieve(measure(goal, validated), as_of=as_of, policy=policy).to_date.status
            )
            for goal in country.goals
            if goal.level == "presidential"
        }

    return statuses


def measure(goal, validated):
    return Measure(
        id=goal.code,
        accumulation=Accumulation(goal.accumulation),
        kind=AcrossYears(goal.across_years),
        sense=Sense(goal.sense),
        baseline=goal.baseline,
        tolerance=goal.tolerance,
        targets={Period.parse(code): planned for code, planned in goal.planned.items()},
        executed={
            Period.parse(period): done
            for (code, period), done in validated.items()
            if code == goal.code
        },
    )


def test_the_open_quarter_looks_like_the_board(judged):
    assert Counter(judged(OPEN).values()) == {
        "behind": 8, "at_risk": 10, "not_reported": 2, "on_track": 27, "exceeded": 1,
    }  # fmt: skip


def test_the_quarter_before_looked_different(judged):
    assert Counter(judged("2026-Q2").values()) == {
        "behind": 6, "at_risk": 12, "not_reported": 3, "on_track": 26, "exceeded": 1,
    }  # fmt: skip


def test_four_goals_got_worse_and_one_of_them_is_the_medicines(judged):
    order = ("exceeded", "on_track", "at_risk", "behind")
    before, now = judged("2026-Q2"), judged(OPEN)
    worse = {
        code
        for code in now
        if before[code] in order
        and now[code] in order
        and order.index(now[code]) > order.index(before[code])
    }
    assert worse == {"MP-31", "MP-39", "MP-42", "MP-44"}


def test_what_diger_reports_moves_a_promise_of_the_board(goals):
    """742 of 900: what the promise page shows once the third quarter is closed."""
    promise = goals["MP-29"]
    assert (promise.responsible, promise.executed[OPEN]) == ("414", None)
    assert promise.executed["2026-Q1"] + promise.executed["2026-Q2"] == 561
