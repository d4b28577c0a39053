"""Eight quarters with everything that happens in real ones."""

from collections import Counter
from datetime import datetime

import pytest

from sigpret.apps.monitoring.queries import CauseCategory
from sigpret.demonstration.people import ANALYST, AWAITING
from sigpret.demonstration.quarters import NOW, OPEN, QUARTERS, REPORTED, TEGUCIGALPA, round_of
from sigpret.demonstration.texts import read


def reports_of(country, period):
    return [report for report in country.reports if report.period == period]


def test_eight_quarters_are_reported_and_one_more_is_programmed(country):
    assert {report.period for report in country.reports} == set(REPORTED)
    assert len(REPORTED) == 8
    programmed = {period for goal in country.goals for period in goal.planned}
    assert set(QUARTERS) < programmed


@pytest.mark.parametrize(
    ("period", "closes_at"),
    [
        ("2026-Q3", datetime(2026, 10, 16, 17, tzinfo=TEGUCIGALPA)),
        ("2026-Q2", datetime(2026, 7, 16, 17, tzinfo=TEGUCIGALPA)),
        ("2024-Q4", datetime(2025, 1, 16, 17, tzinfo=TEGUCIGALPA)),
        ("2025-Q3", datetime(2025, 10, 16, 17, tzinfo=TEGUCIGALPA)),
        ("2025-Q4", datetime(2026, 1, 16, 17, tzinfo=TEGUCIGALPA)),
    ],
)
def test_a_round_closes_on_a_working_day_in_the_middle_of_the_month(period, closes_at):
    held = round_of(period)
    assert held.closes_at == closes_at
    assert (held.closed_at is None) is (period == OPEN)


def test_seventy_one_institutions_sent_the_open_quarter(country):
    sent = [report for report in reports_of(country, OPEN) if report.submitted_at]
    assert len(sent) == 71
    states = Counter(report.state for report in sent)
    assert states["validated"] > states["submitted"] > 0
    assert states["returned"] > 0


def test_what_luis_must_report_is_begun_and_not_sent(country):
    (report,) = (r for r in reports_of(country, OPEN) if r.institution == "414")
    assert (report.state, report.submitted_at) == ("draft", None)
    assert "MP-29" not in {value.goal for value in report.values}


def test_a_complete_report_waits_for_its_head_authority(country):
    (report,) = (r for r in country.reports if r.state == "to_approve")
    assert (report.period, report.institution, report.submitted_at) == (OPEN, AWAITING, None)
    assert report.prepared_at <= NOW
    assert {value.state for value in report.values} == {"to_approve"}
    assert all(value.value is not None and value.cause for value in report.values)
    approvers = [p for p in country.people if (p.role, p.institution) == ("approver", AWAITING)]
    assert len(approvers) == 1


def test_computed_indicators_wait_for_their_review_one_of_them_without_denominator(country):
    computed = {goal.code for goal in country.goals if goal.sheet.variables}
    waiting = [
        value
        for report in reports_of(country, OPEN)
        for value in report.values
        if value.goal in computed and value.state == "submitted"
    ]
    assert {value.has_no_denominator for value in waiting} == {True, False}
    assert all((value.value is None) == value.has_no_denominator for value in waiting)


def test_nothing_sent_in_a_closed_quarter_waits_for_a_decision(country):
    waiting = {report.period for report in country.reports if report.state == "submitted"}
    assert waiting == {OPEN}


def test_there_are_zeros_corrections_and_late_reports(country, values):
    closes = {held.period: held.closes_at for held in country.rounds}
    assert any(value.value == 0 and value.state == "validated" for _, value in values)
    assert any(value.version > 1 and value.replaced != value.value for _, value in values)
    assert any(
        report.submitted_at > closes[report.period]
        for report in country.reports
        if report.submitted_at
    )


def test_some_due_values_were_never_reported(country, values):
    reported = {(value.goal, period) for period, value in values}
    silent = [
        (goal.code, period)
        for goal in country.goals
        for period in goal.executed
        if period != OPEN and (goal.code, period) not in reported
    ]
    assert 50 < len(silent) < 1000


def test_something_is_done_where_nothing_was_programmed(country, values):
    planned = {goal.code: goal.planned for goal in country.goals}
    planned |= {
        product.code: product.planned for plan in country.plans for product in plan.products
    }
    unplanned = [
        value
        for period, value in values
        if value.value and planned[value.goal or value.product][period] == 0
    ]
    assert {bool(value.goal) for value in unplanned} == {True, False}


def test_some_go_far_beyond_and_some_against_their_sense(country):
    beyond = against = 0
    for goal in country.goals:
        for period, done in goal.executed.items():
            if done is None or not goal.planned[period]:
                continue
            beyond += goal.sense == "ascending" and done > goal.planned[period] * 3 / 2
            against += goal.across_years == "reduccion" and done > (goal.baseline or 0)
    assert beyond > 20
    assert against > 2


def test_every_decision_has_its_person_and_moment_and_none_is_tomorrow(country, values):
    for report in country.reports:
        assert report.submitted_at is None or report.submitted_at <= NOW
    for _period, value in values:
        is_decided = value.state in {"validated", "returned"}
        assert (value.decided_by is not None) is is_decided
        assert value.decided_at is None or value.reported_at < value.decided_at <= NOW
        assert value.state != "returned" or value.observation
    assert any(value.decided_by == ANALYST for _, value in values)


def test_causes_use_the_categories_people_choose_from(values):
    known = set(CauseCategory.values)
    assert {value.cause_category for _, value in values} - {""} <= known
    for file, column in (("causes", "category"), ("presidential", "cause_category")):
        assert {row[column] for row in read(file)} - {""} <= known
