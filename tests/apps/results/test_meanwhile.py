"""Two people write the matrix at the same time."""

from dataclasses import replace

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.results import actions
from sigpret.apps.results.actions.goals import facts_of
from sigpret.apps.results.models import Goal
from tests.apps.monitoring.scenes import access
from tests.apps.monitoring.test_concurrency import arriving
from tests.factories.institutions import make_user
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db(transaction=True)


def reword(user, goal: Goal, text: str) -> None:
    stored = Goal.objects.get(pk=goal.pk)
    actions.change_goal(
        actor=user, access=access(user), goal_id=goal.pk,
        facts=replace(facts_of(stored), text=text), expected_version=stored.version,
    )  # fmt: skip


def test_an_origin_and_its_follower_are_reworded_at_once():
    """Whoever follows a goal keeps it from being deleted, not from being written."""
    analyst = make_user(Role.ANALYST)
    origin = make_goal("sectoral", code="S1", text="Agua")
    first, _second = (
        make_goal(code=code, text="Agua", handed_down_from=origin, has_own_wording=False)
        for code in ("I1", "I2")
    )
    with arriving(reword, analyst, origin, "Agua segura") as outcome:
        reword(analyst, first, "Propia")
    assert outcome == [None]
    found = dict(Goal.objects.values_list("code", "text"))
    assert found == {"S1": "Agua segura", "I1": "Propia", "I2": "Agua segura"}
