"""The states of values and reports."""

import pytest

from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.workflow import (
    EVENT_WORDS,
    TRANSITIONS,
    sources_of,
    state_of_report,
    target_of,
)


@pytest.mark.parametrize(
    ("values", "report"),
    [
        ([], "draft"),
        (["draft", "draft"], "draft"),
        (["submitted", "draft"], "draft"),
        (["submitted", "submitted"], "submitted"),
        (["submitted", "validated"], "submitted"),
        (["validated", "validated"], "validated"),
        (["validated", "returned"], "returned"),
        (["returned", "draft"], "returned"),
        (["to_approve", "draft"], "draft"),
        (["to_approve", "submitted"], "to_approve"),
        (["to_approve", "returned"], "returned"),
    ],
)
def test_a_report_is_as_far_as_its_least_advanced_value(values, report):
    assert state_of_report(values) == report


@pytest.mark.parametrize(
    ("event", "source", "target"),
    [
        ("write", "draft", "draft"),
        ("write", "submitted", "draft"),
        ("write", "returned", "returned"),
        ("write", "validated", None),
        ("submit", "draft", "submitted"),
        ("submit", "returned", "submitted"),
        ("submit", "validated", None),
        ("prepare", "draft", "to_approve"),
        ("prepare", "returned", "to_approve"),
        ("prepare", "submitted", None),
        ("approve", "to_approve", "submitted"),
        ("approve", "draft", None),
        ("give_back", "to_approve", "draft"),
        ("give_back", "submitted", None),
        ("write", "to_approve", "draft"),
        ("validate", "to_approve", None),
        ("return", "to_approve", None),
        ("validate", "submitted", "validated"),
        ("validate", "draft", None),
        ("validate", "returned", None),
        ("return", "submitted", "returned"),
        ("return", "validated", "returned"),
        ("return", "draft", None),
    ],
)
def test_an_event_is_possible_only_where_the_table_says(event, source, target):
    assert target_of(event, source) == target


def test_only_what_was_sent_can_be_validated():
    assert sources_of("validate") == {ReportState.SUBMITTED}


def test_every_state_can_be_left_and_every_event_has_words():
    assert {step.source for step in TRANSITIONS} == set(ReportState)
    assert {step.event for step in TRANSITIONS} == set(EVENT_WORDS)
