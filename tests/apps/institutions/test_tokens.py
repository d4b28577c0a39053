"""Tokens for programs end with the password they were made under."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.urls import reverse

import sigpret.config.wiring  # noqa: F401 - what ends with a password
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.actions.tokens import make_token
from sigpret.apps.institutions.tokens import bearer_of, tokens_of
from sigpret.web import clock
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "una-clave-larga", "otra-clave-mucho-mas-larga"


@pytest.fixture
def person():
    return make_user(Role.REGISTRAR, institution=make_institution())


def opened(person, name="Tablero"):
    made = make_token(actor=person, name=name, may_write=True, days=30, at=clock.now())
    return made.secret


def test_a_changed_password_ends_the_tokens_of_the_person(client, person):
    secret, other = opened(person), make_user()
    kept = opened(other)
    client.post(reverse("account_login"), {"login": person.email, "password": OLD})
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": OLD, "password1": NEW, "password2": NEW},
    )
    person.refresh_from_db()
    assert (answer.status_code, person.check_password(NEW)) == (302, True)
    assert bearer_of(secret, clock.now()) is None
    assert tokens_of(person, clock.now()) == ()
    assert bearer_of(kept, clock.now()).person == other
    event = AuditEvent.objects.get(action="institutions.token_revoked")
    assert (event.actor_id, event.payload) == (person.pk, '{"reason":"password_changed"}')


def test_a_reset_password_ends_them_too(person):
    secret = opened(person)
    get_adapter().set_password(person, NEW)
    assert bearer_of(secret, clock.now() + timedelta(seconds=1)) is None


def test_a_token_of_the_same_name_can_be_made_again(person):
    opened(person)
    get_adapter().set_password(person, NEW)
    assert bearer_of(opened(person), clock.now()) is not None
