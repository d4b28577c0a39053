"""The sheet of a quarter: what is due, what is written, what it makes, what is missing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.monitoring.queries import Missing, Situation, report_sheet
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry
from tests.factories.institutions import make_institution
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
POLICY = policy_on(Q3.end)


@pytest.fixture
def ministry():
    return Ministry()


def sheet_of(ministry, period=Q3):
    return report_sheet(institution=ministry.institution, period=period, policy=POLICY)


def product_row(ministry):
    return sheet_of(ministry).row("product", ministry.product.pk)


def validated(ministry, period, value):
    """What was validated of the product in an earlier quarter."""
    report = make_report(ministry.institution, make_round(period))
    make_value(
        report,
        value,
        product=ministry.product,
        state="validated",
        decided_by=ministry.analyst,
        decided_at=NOW,
    )


def test_products_come_by_operational_objective_and_then_the_goals(ministry):
    groups = sheet_of(ministry).groups
    assert [(group.number, len(group.rows)) for group in groups] == [("1", 1), ("", 1)]
    assert groups[1].text == "Metas e indicadores"


def test_only_what_is_due_is_listed(ministry):
    make_product(ministry.plan, {"2026-Q2": "1", "2026-Q4": "1"})
    make_product(make_plan(ministry.institution, 2025), {"2026-Q3": "1"})
    make_product(None, {"2026-Q3": "1"})
    sheet = sheet_of(ministry)
    assert (sheet.total, sheet.not_due) == (2, 1)


def test_what_was_written_without_being_due_is_listed_too(ministry):
    ahead = make_product(ministry.plan, {"2026-Q4": "1"})
    ministry.save("1", product_id=ahead.pk)
    row = sheet_of(ministry).row("product", ahead.pk)
    assert (row.planned, row.executed_to_date, row.missing) == (None, 1, ())


@pytest.mark.parametrize(
    ("programmed", "quarter", "is_due"),
    [
        ("2026-Q3", "2026-Q3", True),
        ("2026-S1", "2026-Q2", True),
        ("2026-S1", "2026-Q1", False),
        ("2026-S2", "2026-Q4", True),
        ("2026-T1", "2026-Q2", True),
        ("2026-B2", "2026-Q2", True),
        ("2026-M08", "2026-Q3", True),
        ("2026", "2026-Q4", True),
        ("2026", "2026-Q3", False),
    ],
)
def test_an_indicator_is_due_in_the_quarter_its_period_ends_in(programmed, quarter, is_due):
    institution = make_institution()
    make_goal(institution=institution, planned={programmed: "10"})
    sheet = report_sheet(institution=institution, period=Period.parse(quarter), policy=POLICY)
    assert (sheet.total, sheet.not_due) == ((1, 0) if is_due else (0, 1))


def test_a_row_carries_the_quantities_of_its_year(ministry):
    validated(ministry, "2026-Q1", "2")
    validated(ministry, "2026-Q2", "1")
    ministry.save("3")
    row = product_row(ministry)
    assert (row.prior, row.planned, row.planned_to_date, row.executed_to_date) == (3, 2, 6, 6)
    assert row.annual == 8
    assert [point.executed_to_date for point in row.series] == [2, 3, 6, None]
    assert (row.figure.value, row.figure.status) == (100, Status.ON_TRACK)


def test_the_annual_output_is_the_printed_one_when_there_is_one(ministry):
    ministry.product.annual_output = Decimal(9)
    ministry.product.save()
    assert product_row(ministry).annual == 9


def test_an_earlier_quarter_counts_only_if_it_was_validated(ministry):
    make_value(
        make_report(ministry.institution, make_round("2026-Q2")), "2", product=ministry.product
    )
    ministry.save("3")
    assert (product_row(ministry).prior, product_row(ministry).executed_to_date) == (None, 3)


def test_without_a_value_the_figure_is_not_reported_and_the_value_is_missing(ministry):
    row = product_row(ministry)
    assert (row.figure.value, row.figure.status) == (None, Status.NOT_REPORTED)
    assert (row.missing, row.situation) == ((Missing.VALUE,), Situation.VALUE_MISSING)
    assert (row.cell.id, row.cell.version, row.cell.state) == (None, 0, "draft")


def test_a_zero_needs_its_cause_and_is_not_a_missing_value(ministry):
    ministry.save("0")
    row = product_row(ministry)
    assert (row.figure.value, row.figure.status) == (0, Status.BEHIND)
    assert (row.missing, row.situation) == ((Missing.CAUSE,), Situation.CAUSE_MISSING)


def test_the_counters_add_up(ministry):
    ministry.save("6")
    sheet = sheet_of(ministry)
    assert (sheet.total, sheet.ready, len(sheet.unresolved)) == (2, 1, 1)
    assert sheet.situations == {Situation.READY: 1, Situation.VALUE_MISSING: 1}


def test_a_returned_row_shows_the_observation_and_opens(ministry):
    ministry.save_everything()
    ministry.submit()
    ministry.give_back(ministry.value_of(ministry.product), "¿De qué periodo es?")
    row = product_row(ministry)
    assert row.cell.observation == "¿De qué periodo es?"
    assert row.is_editable
    other = sheet_of(ministry).row("indicator", ministry.indicator.pk)
    assert (other.is_editable, other.situation) == (False, Situation.SUBMITTED)


def test_a_sheet_without_a_report_or_a_round_is_empty_handed(ministry):
    sheet = sheet_of(ministry)
    assert (sheet.report_id, sheet.version, sheet.state) == (None, 0, "draft")
    assert sheet.round.accepts_at(NOW)
    assert not sheet.round.accepts_at(DEADLINE)
    assert sheet_of(ministry, Period.parse("2026-Q4")).round is None


def test_a_row_that_is_not_there_is_none(ministry):
    assert sheet_of(ministry).row("product", 0) is None


def test_the_sheet_costs_the_same_statements_whatever_its_size(ministry):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            sheet_of(ministry)
        return len(captured)

    few = statements()
    for _number in range(10):
        make_product(ministry.plan, {"2026-Q3": "1"})
        make_goal(institution=ministry.institution, planned={"2026-Q3": "1"})
    assert statements() == few <= 10


@pytest.mark.parametrize(
    ("accumulation", "to_date"), [("sum", 9), ("last", 4), ("average", 3), ("maximum", 4)]
)
def test_a_product_reaches_what_its_plan_says_its_quarters_make(ministry, accumulation, to_date):
    ministry.product.accumulation = accumulation
    ministry.product.save()
    validated(ministry, "2026-Q1", "2")
    validated(ministry, "2026-Q2", "3")
    ministry.save("4")
    assert product_row(ministry).executed_to_date == to_date
