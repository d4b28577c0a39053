"""Entering the product."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


def test_the_right_password_opens_the_desk(client):
    user = make_user()
    answer = client.post(
        reverse("account_login"), {"login": user.email, "password": "una-clave-larga"}
    )
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_says_so_in_spanish_and_keeps_the_address(client):
    user = make_user()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": "otra"})
    assert answer.status_code == 200
    assert user.email in answer.text
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_alone(client):
    assert client.get("/cuenta/signup/").status_code == 404


def test_in_the_demonstration_one_click_enters_as_an_invented_person(client):
    person = make_user(is_demo=True)
    assert person.full_name in client.get(reverse("account_login")).text
    client.post(reverse("enter_as", args=[person.pk]))
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_real_person_cannot_be_entered_with_one_click(client):
    person = make_user()
    answer = client.post(reverse("enter_as", args=[person.pk]))
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_outside_the_demonstration_there_is_no_such_door(client, settings):
    settings.DEMO = False
    person = make_user(is_demo=True)
    assert client.post(reverse("enter_as", args=[person.pk])).status_code == 404
    assert person.full_name not in client.get(reverse("account_login")).text


def test_the_door_opens_only_by_pushing(client):
    person = make_user(is_demo=True)
    assert client.get(reverse("enter_as", args=[person.pk])).status_code == 405


def test_entering_gives_a_new_session_key(client):
    person = make_user(is_demo=True)
    client.get(reverse("account_login"))
    client.session.save()
    before = client.session.session_key
    client.post(reverse("enter_as", args=[person.pk]))
    assert client.session.session_key != before


def test_a_sign_in_never_leads_out_of_the_house(client):
    user = make_user()
    answer = client.post(
        reverse("account_login") + "?next=https://otro.example/",
        {"login": user.email, "password": "una-clave-larga", "next": "https://otro.example/"},
    )
    assert "otro.example" not in answer.get("Location", "")


def guess(email: str, address: str):
    return Client(headers={"x-forwarded-for": address}).post(
        reverse("account_login"), {"login": email, "password": "adivinanza"}
    )


def test_behind_a_proxy_one_guesser_does_not_lock_the_country_out(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [guess(f"nadie{number}@example.hn", "203.0.113.7") for number in range(35)]
    assert answers[-1].status_code == 429 or "Demasiados" in answers[-1].text
    assert guess(make_user().email, "198.51.100.4").status_code == 200


def test_attempts_are_counted_where_every_process_sees_them():
    guess("nadie@example.hn", "203.0.113.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] > 0


class Kept(logging.Handler):
    """The records of a logger, whatever the logging settings do with them."""

    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)

    def lines(self):
        return [(record.outcome, record.user_id, record.address) for record in self.records]


@pytest.fixture
def log():
    """What the log said of each attempt."""
    logger, kept = logging.getLogger("sigpret.sign_in"), Kept()
    logger.addHandler(kept)
    yield kept
    logger.removeHandler(kept)


def test_each_attempt_leaves_one_line(client, log):
    user = make_user()
    address = reverse("account_login")
    client.post(address, {"login": user.email, "password": "otra"})
    client.post(address, {"login": "nadie@example.hn", "password": "otra"})
    client.post(address, {"login": user.email, "password": "una-clave-larga"})
    assert log.lines() == [
        ("failed", user.pk, "127.0.0.1"),
        ("failed", None, "127.0.0.1"),
        ("entered", user.pk, "127.0.0.1"),
    ]


def test_the_demonstrations_door_leaves_its_line(client, log):
    person = make_user(is_demo=True)
    client.post(reverse("enter_as", args=[person.pk]))
    assert log.lines() == [("entered_as", person.pk, "127.0.0.1")]


def test_being_stopped_leaves_its_line(log):
    user = make_user()
    for _ in range(6):
        guess(user.email, "203.0.113.7")
    assert log.lines()[-1][:2] == ("too_many_attempts", user.pk)


def test_what_was_typed_is_never_logged(client, log):
    client.post(reverse("account_login"), {"login": "mi-clave@secreta.hn", "password": "otra"})
    assert "secreta" not in str([record.__dict__ for record in log.records])
