"""What browsers and proxies may keep."""

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["pending", "portal:home", "planning:plans"])
def test_what_a_person_saw_is_kept_by_nobody(client, name):
    client.force_login(make_user(Role.ANALYST))
    address = reverse(name, kwargs={"year": 2026} if name == "planning:plans" else {})
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_refusal_is_not_kept_either(client):
    client.force_login(make_user())
    answer = client.get(reverse("planning:plans", args=[2026]))
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_everybody_sees_may_be_kept(client):
    assert "no-store" not in client.get(reverse("portal:home")).headers.get("Cache-Control", "")
