"""Once a quarter is being reported, whoever reports it no longer moves what it is measured by."""

from dataclasses import replace
from decimal import Decimal

import pytest

import sigpret.config.wiring  # noqa: F401 - the quarters that were opened
from sigpret.apps.accounts.roles import Role
from sigpret.apps.results import actions
from sigpret.apps.results.actions.sheets import sheet_facts
from sigpret.apps.results.models import Goal
from tests.apps.monitoring.scenes import access
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_round
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    """A goal programmed for a quarter that is open to reports and for the next one."""
    make_round("2026-Q3")
    planned = {"2026-Q3": "10", "2026-Q4": "10"}
    return make_goal(institution=make_institution(), planned=planned)


@pytest.fixture
def registrar(goal):
    return make_user(Role.REGISTRAR, institution=goal.institution)


@pytest.fixture
def analyst():
    return make_user(Role.ANALYST)


def programme(user, goal: Goal, **targets: str):
    return actions.save_targets(
        actor=user,
        access=access(user),
        goal_id=goal.pk,
        targets={code.replace("_", "-")[1:]: Decimal(text) for code, text in targets.items()},
        expected_version=goal.indicator.version,
    )


def describe(user, goal: Goal, **changed):
    return actions.save_indicator_sheet(
        actor=user,
        access=access(user),
        goal_id=goal.pk,
        facts=replace(sheet_facts(goal.indicator), **changed),
        expected_version=goal.indicator.version,
    )


def test_the_institution_does_not_programme_what_it_reports(goal, registrar):
    with pytest.raises(actions.InvalidSheetError, match="III trimestre de 2026 ya se reporta"):
        programme(registrar, goal, p2026_Q3="4")
    assert goal.indicator.targets.get(period="2026-Q3").planned == 10


def test_the_institution_programmes_what_is_still_to_come(goal, registrar):
    assert programme(registrar, goal, p2026_Q4="12")["2026-Q4"] == 12


def test_diger_may_still_correct_the_programming(goal, analyst):
    assert programme(analyst, goal, p2026_Q3="4")["2026-Q3"] == 4


@pytest.mark.parametrize(
    "changed", [{"sense": "descending"}, {"baseline": Decimal(3)}, {"accumulation": "last"}]
)
def test_how_it_is_measured_stays_while_it_is_reported(goal, registrar, analyst, changed):
    with pytest.raises(actions.InvalidSheetError, match="sólo lo cambia DIGER"):
        describe(registrar, goal, **changed)
    assert describe(analyst, goal, **changed).version == 2


def test_what_does_not_enter_its_figures_is_still_the_institutions(goal, registrar):
    assert describe(registrar, goal, source="Registro de obras").source == "Registro de obras"


def test_thresholds_are_never_the_institutions(registrar, goal):
    with pytest.raises(actions.InvalidSheetError, match="los fija DIGER"):
        describe(registrar, goal, on_track_from=Decimal(2), at_risk_from=Decimal(1))


def test_the_institution_does_not_retire_what_it_reports(goal, registrar):
    with pytest.raises(actions.InvalidGoalError, match="sólo DIGER la retira"):
        actions.retire_goal(
            actor=registrar, access=access(registrar), goal_id=goal.pk, reason="No se cumplirá."
        )
