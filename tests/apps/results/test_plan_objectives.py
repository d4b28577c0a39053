"""A goal answers to objectives of its institution's plan: chosen, shown, and in the matrix."""

from dataclasses import replace

import pytest
from django.urls import reverse

import sigpret.config.wiring  # noqa: F401 - the quarters that closed
from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.models import Objective
from sigpret.apps.results import actions
from sigpret.apps.results.forms import GoalForm
from sigpret.apps.results.queries import MatrixFilters, matrix_rows
from tests.apps.monitoring.scenes import access
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
FACTS = actions.GoalFacts(text="Escuelas conectadas", chain_position="result")


@pytest.fixture
def goal():
    return make_goal(institution=make_institution(code="414"))


@pytest.fixture
def registrar(goal):
    return make_user(Role.REGISTRAR, institution=goal.institution)


def make_objective(institution, year=2026, number=1):
    plan = institution.plans.filter(fiscal_year=year).first() or make_plan(institution, year)
    return Objective.objects.create(plan=plan, number=number, text=f"Objetivo de {year}")


def offered(form):
    return [pk for pk, _label in form.fields["objectives"].choices]


def test_the_objectives_of_its_latest_plan_are_offered(goal):
    old, new = (make_objective(goal.institution, year) for year in (2025, 2026))
    make_objective(make_institution())
    assert offered(GoalForm(institution_id=goal.institution_id)) == [new.pk]
    kept = GoalForm(institution_id=goal.institution_id, objectives=frozenset([old.pk]))
    assert offered(kept) == [new.pk, old.pk]


def test_a_goal_without_an_institution_has_no_plan_to_answer_to():
    assert "objectives" not in GoalForm(institution_id=None).fields


def test_the_objective_of_another_institution_is_refused(goal, registrar):
    foreign = make_objective(make_institution())
    facts = replace(FACTS, objectives=frozenset([foreign.pk]))
    with pytest.raises(actions.InvalidGoalError, match="no es del plan de la institución"):
        actions.change_goal(
            actor=registrar,
            access=access(registrar),
            goal_id=goal.pk,
            facts=facts,
            expected_version=1,
        )


def test_chosen_in_the_form_it_stands_in_the_sheet_and_in_the_matrix(client, goal, registrar):
    objective = make_objective(goal.institution)
    client.force_login(registrar)
    address = reverse("results:goal_form", args=[goal.code])
    page = client.get(address)
    assert f'value="{objective.pk}"' in page.content.decode()
    typed = {
        "version": goal.version,
        "text": goal.text,
        "chain_position": goal.chain_position,
        "objectives": [objective.pk],
    }
    assert client.post(address, typed).status_code == 302
    assert list(goal.objectives.all()) == [objective]
    (row,) = matrix_rows(MatrixFilters(), access(registrar))
    assert row.objectives == ("2026.1 Objetivo de 2026",)
    sheet = client.get(reverse("results:sheet", args=[goal.code])).content.decode()
    assert "2026.1 Objetivo de 2026" in sheet
