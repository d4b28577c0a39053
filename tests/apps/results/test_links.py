"""Alignments as the methodology adds them up."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.queries import alignment_links
from sigpret.methodology.rollup import Link, RollupRule
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


def test_an_alignment_is_a_link_between_goal_codes():
    parent = make_goal(Goal.Level.SECTORAL, code="S1")
    child = make_goal(code="I1")
    Alignment.objects.create(child=child, parent=parent, weight=3, rollup_rule="maximum")
    assert alignment_links() == [Link("I1", "S1", Decimal(3), RollupRule.MAXIMUM)]


def test_every_alignment_is_read_in_one_statement():
    parent = make_goal(Goal.Level.SECTORAL)
    for _number in range(3):
        make_goal(serves=(parent,))
    with CaptureQueriesContext(connection) as captured:
        assert len(alignment_links()) == 3
    assert len(captured) == 1
