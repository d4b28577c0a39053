"""What of a goal's page stays with the institution, its mesa and DIGER."""

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from tests.apps.evaluation.country import AT, closed_round, open_round, stand, tell
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


def page_of(client, code, role):
    client.force_login(make_user(role))
    response = client.get(reverse("evaluation:goal", args=(code,)))
    assert response.status_code == 200
    return response.content.decode()


def test_outside_only_what_was_validated_is_read_and_of_nobody(client):
    second, third = closed_round(), open_round()
    goal = make_goal("sectoral", planned={"2026-Q2": "80", "2026-Q3": "80"})
    institution = goal.indicator.responsible
    luis = make_user(Role.REGISTRAR, institution=institution, full_name="Luis Paz")
    karla = make_user(Role.ANALYST, full_name="Karla Mejía")
    said = {"reported_by": luis, "observation": "Corrija el acta"}
    tell(make_report(institution, second), goal, "61", karla, cause="Llovió", **said)
    draft = {"indicator": goal.indicator, "reported_by": luis, "reported_at": AT}
    report = make_report(institution, third)
    make_value(report, "543", **draft, cause="Borrador")
    stand(goal, "not_reported")
    product = make_product(make_plan(institution), {"2026-Q3": "2"})
    goal.products.add(product)
    make_value(report, "777", product=product)
    inside, secret = ["61", "Llovió"], ["543", "Borrador", "777", "Luis", "Karla", "Corrija"]
    page = page_of(client, goal.code, Role.ANALYST)
    assert [text for text in inside + secret if text not in page] == []
    page = page_of(client, goal.code, Role.MESA_MEMBER)
    assert [text for text in inside if text not in page] == []
    assert [text for text in secret if text in page] == []
    assert "sin dato validado" in page


def test_a_reserved_goal_is_named_without_its_figures(client):
    open_round()
    goal = make_goal("sectoral")
    child = make_goal(serves=(goal,), text="Meta reservada")
    part = {"subject": child.code, "weight": "1", "value": "61.7", "contribution": "61.7"}
    explanation = {"rule": "r", "template": "Promedio.", "params": {}, "parts": [part]}
    stand(goal, "behind", contributed="62", explanation=explanation)
    stand(child, "behind", value="61.7")
    assert "61.7" in page_of(client, goal.code, Role.ANALYST)
    page = page_of(client, goal.code, Role.MESA_MEMBER)
    assert "Meta reservada" in page
    assert "61.7" not in page
    assert f'href="/metas/{child.code}"' not in page
