"""Two people write the matrix at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.results import actions
from sigpret.apps.results.actions.goals import facts_of
from sigpret.apps.results.actions.turns import hold_goals
from sigpret.apps.results.models import Goal
from sigpret.apps.results.queries import matrix_versions
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import NOW, access
from tests.apps.monitoring.test_concurrency import (
    PATIENCE,
    alone,
    arriving,
    wait_until_somebody_waits,
)
from tests.factories.institutions import make_institution, make_sector, make_user
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


def test_a_text_and_a_workbook_hold_the_followers_in_one_order():
    """The workbook has the first and wants the second; the text must not have the second."""
    analyst = make_user(Role.ANALYST)
    origin = make_goal("sectoral", code="S1", text="Agua")
    for code in ("I1", "I2"):
        make_goal(code=code, text="Agua", handed_down_from=origin, has_own_wording=False)
    # Written again, the first comes last where the database keeps them.
    Goal.objects.filter(code="I1").update(assumption="Llueve")
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            hold_goals(["I1"])
            reworded = other.submit(alone, reword, analyst, origin, "Agua segura")
            wait_until_somebody_waits()
            hold_goals(["I2"])
        reworded.result(PATIENCE)
    assert set(Goal.objects.values_list("text", flat=True)) == {"Agua segura"}


def test_a_workbook_holds_also_the_followers_it_does_not_name():
    """Rewording the follower in the middle needs the last one, which the workbook has."""
    analyst, colleague = (make_user(Role.ANALYST) for _person in range(2))
    first = make_goal("sectoral", code="S1", text="Agua")
    middle = make_goal(code="I1", text="Agua", handed_down_from=first, has_own_wording=False)
    make_goal(code="I2", text="Agua", handed_down_from=middle, has_own_wording=False)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            hold_goals(["S1", "I2"])
            reworded = other.submit(alone, reword, colleague, middle, "Propia")
            wait_until_somebody_waits()
            reword(analyst, first, "Agua segura")
        assert isinstance(reworded.exception(PATIENCE), actions.ConflictError)
    assert set(Goal.objects.values_list("text", flat=True)) == {"Agua segura"}


def hand_down(user, goal: Goal):
    institution = goal.sector.institutions.get()
    return actions.hand_down(
        actor=user, access=access(user), goal_ids=[goal.pk], sector_ids=[goal.sector_id],
        institution_ids=[institution.pk], periods=[Period.parse("2026-Q4")],
    )  # fmt: skip


def test_two_hand_downs_at_once_create_it_once():
    sector, analysts = make_sector(), [make_user(Role.ANALYST) for _person in range(2)]
    make_institution().sectors.add(sector)
    goal = make_goal("presidential", {"2026-Q4": "30"}, code="MP-1", sector=sector)
    with arriving(hand_down, analysts[1], goal) as outcome:
        hand_down(analysts[0], goal)
    assert isinstance(outcome[0], actions.NothingToHandDownError)
    assert "ya llegaron" in str(outcome[0])
    assert Goal.objects.count() == 3


def publish(user):
    return actions.publish_matrix(actor=user, access=access(user), note="Primera", at=NOW)


def test_two_publications_at_once_are_one_version():
    analysts = [make_user(Role.ANALYST) for _person in range(2)]
    make_goal("presidential", {"2026": "30"}, code="MP-1")
    with arriving(publish, analysts[1]) as outcome:
        publish(analysts[0])
    assert isinstance(outcome[0], actions.NothingChangedError)
    assert "lo mismo que la versión 1" in str(outcome[0])
    assert [version.number for version in matrix_versions()] == [1]


def create(user, goal: Goal, text: str):
    return actions.create_goal(
        actor=user, access=access(user), code="S9", level=Goal.Level.SECTORAL,
        sector_id=goal.sector_id, institution_id=None,
        facts=actions.GoalFacts(text=text, chain_position="result"),
    )  # fmt: skip


def test_two_goals_with_one_code_at_once_are_one_goal_and_a_sentence():
    analysts = [make_user(Role.ANALYST) for _person in range(2)]
    goal = make_goal("presidential", code="MP-1")
    with arriving(create, analysts[1], goal, "Otra") as outcome:
        create(analysts[0], goal, "Una")
    assert isinstance(outcome[0], actions.InvalidGoalError)
    assert "Ya hay una meta con el código S9" in str(outcome[0])
