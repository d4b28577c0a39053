"""Every watched guideline, with its sentence, met and not met."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.mesas.compliance import (
    GUIDELINES,
    Check,
    Compliance,
    MesaFacts,
    Rule,
    Session,
    Tally,
    checks_of,
    overall,
    tally,
)
from tests.methodology.examples import POLICY

TODAY = date(2026, 10, 23)
SINCE = date(2022, 9, 1)
CONSTITUTED = date(2026, 1, 12)
THEMES = frozenset({"genero", "derechos-humanos", "transparencia"})
MET, IN_TIME, DUE_SOON = Compliance.MET, Compliance.IN_TIME, Compliance.DUE_SOON
BROKEN, NOT_APPLICABLE = Compliance.BROKEN, Compliance.DOES_NOT_APPLY


def session(key="7", called="2026-10-12", meets="2026-10-20", **fields) -> Session:
    values = {"topics": 3, "themes": THEMES, **fields}
    return Session(key, date.fromisoformat(called), date.fromisoformat(meets), **values)


def answer(rule: Rule, **facts) -> Check:
    values = {
        "due_since": SINCE,
        "constituted_on": CONSTITUTED,
        "permanent_themes": THEMES,
        **facts,
    }
    found = checks_of(MesaFacts(**values), TODAY, POLICY)
    return next(check for check in found if check.rule is rule)


HELD = {"finished_on": date(2026, 10, 10)}
EXAMPLES = [
    # rule, facts, state, since, due, the fact it rests on
    (Rule.CONSTITUTED, {}, MET, CONSTITUTED, None, ""),
    (Rule.CONSTITUTED, {"constituted_on": None}, BROKEN, SINCE, None, ""),
    (Rule.WORK_PLAN, {"plan_in_force_on": date(2026, 2, 18)}, MET, date(2026, 2, 18), None, ""),
    # ninety days from 12 January, the day it was constituted
    (Rule.WORK_PLAN, {}, BROKEN, date(2026, 4, 13), None, ""),
    (
        Rule.WORK_PLAN,
        {"constituted_on": date(2026, 10, 1)},
        IN_TIME,
        None,
        date(2026, 12, 30),
        "",
    ),
    (Rule.NOTICE, {}, NOT_APPLICABLE, None, None, ""),
    (Rule.NOTICE, {"sessions": (session(),)}, MET, date(2026, 10, 12), None, "7"),
    (
        Rule.NOTICE,
        {"sessions": (session(called="2026-10-15", meets="2026-10-20"),)},
        MET,
        date(2026, 10, 15),
        None,
        "7",
    ),
    (
        Rule.NOTICE,
        {"sessions": (session(called="2026-10-16", meets="2026-10-20"),)},
        BROKEN,
        date(2026, 10, 16),
        None,
        "7",
    ),
    (
        Rule.NOTICE,
        {"sessions": (session("6", "2026-08-01", "2026-08-02"), session())},
        MET,
        date(2026, 10, 12),
        None,
        "7",
    ),
    (Rule.AGENDA, {"sessions": (session(topics=0),)}, BROKEN, date(2026, 10, 12), None, "7"),
    (Rule.AGENDA, {"sessions": (session(),)}, MET, date(2026, 10, 12), None, "7"),
    (Rule.MINUTES, {"sessions": (session(),)}, NOT_APPLICABLE, None, None, ""),
    (
        Rule.MINUTES,
        {"sessions": (session(finished_on=date(2026, 10, 20)),)},
        IN_TIME,
        None,
        date(2026, 10, 27),
        "7",
    ),
    (
        Rule.MINUTES,
        {"sessions": (session(finished_on=date(2026, 10, 16)),)},
        DUE_SOON,
        None,
        TODAY,
        "7",
    ),
    (
        Rule.MINUTES,
        {"sessions": (session(finished_on=date(2026, 10, 15)),)},
        BROKEN,
        TODAY,
        None,
        "7",
    ),
    (
        Rule.MINUTES,
        {"sessions": (session(**HELD, distributed_on=date(2026, 10, 17)),)},
        MET,
        date(2026, 10, 17),
        None,
        "7",
    ),
    (
        Rule.MINUTES,
        {"sessions": (session(**HELD, distributed_on=date(2026, 10, 18)),)},
        BROKEN,
        date(2026, 10, 18),
        None,
        "7",
    ),
    (Rule.DELEGATES, {"delegates": {"SESAL": 3}}, MET, None, None, ""),
    (
        Rule.DELEGATES,
        {"delegates": {"SESAL": 3, "IHSS": 4}, "crowded_since": {"IHSS": date(2026, 10, 6)}},
        BROKEN,
        date(2026, 10, 6),
        None,
        "IHSS",
    ),
    (Rule.THEMES, {"sessions": (session(),)}, MET, date(2026, 10, 12), None, "7"),
    (
        Rule.THEMES,
        {"sessions": (session(themes=frozenset({"genero"})),)},
        BROKEN,
        date(2026, 10, 12),
        None,
        "7",
    ),
    (Rule.AGREEMENTS, {}, NOT_APPLICABLE, None, None, ""),
    (Rule.AGREEMENTS, {"has_agreements": True}, MET, None, None, ""),
    (
        Rule.AGREEMENTS,
        {"agreements": {"5.2": date(2026, 9, 30), "6.1": date(2026, 10, 14)}},
        BROKEN,
        date(2026, 10, 1),
        None,
        "5.2",
    ),
    (
        Rule.AGREEMENTS,
        {"agreements": {"7.3": date(2026, 10, 26)}},
        DUE_SOON,
        None,
        date(2026, 10, 26),
        "7.3",
    ),
    (
        Rule.AGREEMENTS,
        {"agreements": {"7.4": date(2026, 11, 30)}},
        MET,
        None,
        date(2026, 11, 30),
        "7.4",
    ),
    (Rule.APPROVALS, {}, NOT_APPLICABLE, None, None, ""),
    (Rule.APPROVALS, {"has_proposals": True}, MET, None, None, ""),
    (
        Rule.APPROVALS,
        {"proposals": {"e1": date(2026, 10, 15)}},
        IN_TIME,
        None,
        date(2026, 10, 30),
        "e1",
    ),
    (
        Rule.APPROVALS,
        {"proposals": {"e1": date(2026, 9, 1)}},
        BROKEN,
        date(2026, 9, 17),
        None,
        "e1",
    ),
]


@pytest.mark.parametrize(("rule", "facts", "state", "since", "due", "cause"), EXAMPLES)
def test_each_guideline_is_judged_by_its_facts(rule, facts, state, since, due, cause):
    assert answer(rule, **facts) == Check(rule, state, since, due, cause)


def test_a_mesa_that_is_not_constituted_is_asked_nothing_else():
    found = checks_of(MesaFacts(SINCE, sessions=(session(topics=0),)), TODAY, POLICY)
    assert [check.state for check in found] == [BROKEN] + [NOT_APPLICABLE] * (len(Rule) - 1)


def test_every_rule_is_answered_once_and_in_order():
    found = checks_of(MesaFacts(SINCE, constituted_on=CONSTITUTED), TODAY, POLICY)
    assert [check.rule for check in found] == list(Rule)


def test_one_broken_rule_is_enough_and_what_is_in_time_is_not_a_failure():
    def of(*states):
        return [Check(Rule.MINUTES, state) for state in states]

    assert overall(of(MET, DUE_SOON, BROKEN)) is BROKEN
    assert overall(of(MET, DUE_SOON, IN_TIME)) is DUE_SOON
    assert overall(of(MET, IN_TIME, NOT_APPLICABLE)) is MET


def test_the_foot_of_a_column_counts_the_mesas_the_rule_applies_to():
    states = (MET, IN_TIME, DUE_SOON, BROKEN, NOT_APPLICABLE)
    assert tally([Check(Rule.NOTICE, state) for state in states]) == Tally(met=3, asked=4)


def test_every_rule_quotes_its_guideline():
    assert set(GUIDELINES) == set(Rule)


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
def test_an_agreement_is_never_overdue_on_its_own_day(due_on):
    facts = MesaFacts(SINCE, constituted_on=CONSTITUTED, agreements={"1.1": due_on})
    check = checks_of(facts, due_on, POLICY)[list(Rule).index(Rule.AGREEMENTS)]
    assert check.state is DUE_SOON
    late = checks_of(facts, due_on + timedelta(days=1), POLICY)
    assert late[list(Rule).index(Rule.AGREEMENTS)].state is BROKEN
