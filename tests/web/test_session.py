"""Nobody is put out without being told, and a busy database loses nothing that was typed."""

import re
from time import time

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError
from django.test import Client
from django.urls import include, path, reverse

from sigpret.web import errors, session
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


def busy(request):
    raise OperationalError("canceling statement due to lock timeout")


def broken(request):
    raise ValueError


urlpatterns = [
    path("ocupado", busy),
    path("roto", broken),
    path("", include("sigpret.config.urls")),
]
handler500 = errors.server_error


def left_on(client) -> int:
    page = client.get(reverse("search")).text
    return int(re.search(r'data-left="(\d+)"', page)[1])


def test_the_page_knows_how_long_the_session_lasts(client):
    client.force_login(make_user())
    assert settings.SESSION_COOKIE_AGE - 60 < left_on(client) <= settings.SESSION_COOKIE_AGE


def test_one_click_extends_it(client):
    client.force_login(make_user())
    kept = client.session
    kept[session.UNTIL] = int(time()) + 200
    kept.save()
    assert left_on(client) <= 200
    answer = client.post(reverse("extend_session"), headers={"HX-Request": "true"})
    assert answer.json() == {"left": settings.SESSION_COOKIE_AGE}
    assert left_on(client) > settings.SESSION_COOKIE_AGE - 60


class TestTwelveHours:
    """Nobody stays in for longer than that, however often they click."""

    @pytest.fixture
    def clock(self, monkeypatch):
        start = int(time())

        def at(hours: float) -> None:
            monkeypatch.setattr(session, "time", lambda: start + hours * 3600)

        at(0)
        return at

    @pytest.fixture
    def signed_in(self, client, clock):
        person = make_user()
        given = {"login": person.email, "password": "una-clave-larga"}
        assert client.post(reverse("account_login"), given).status_code == 302
        return client

    def click(self, client):
        return client.post(reverse("extend_session"), headers={"HX-Request": "true"})

    def test_the_last_click_gives_what_is_left(self, signed_in, clock):
        clock(7)
        assert self.click(signed_in).json() == {"left": 5 * 3600}
        clock(11.5)
        assert self.click(signed_in).json() == {"left": 1800}
        page = signed_in.get(reverse("search")).text
        assert 'data-left="1800" data-most="1800"' in page

    def test_then_the_person_signs_in_again_and_comes_back(self, signed_in, clock):
        clock(7)
        self.click(signed_in)
        clock(12 - 1 / 3600)
        assert signed_in.get(reverse("search")).status_code == 200
        clock(12)
        answer = signed_in.get(reverse("search"))
        assert answer["Location"] == f"{reverse('account_login')}?next={reverse('search')}"
        assert self.click(signed_in).status_code == 401
        assert SESSION_KEY not in signed_in.session

    def test_a_session_that_nobody_noted_counts_from_its_first_click(self, client, clock):
        client.force_login(make_user())
        clock(1)
        self.click(client)
        clock(13)
        assert self.click(client).status_code == 401


def test_a_session_that_is_over_is_not_extended(client):
    answer = client.post(reverse("extend_session"), headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_who_has_not_signed_in_has_no_session_to_warn_of(client):
    assert "data-session" not in client.get(reverse("portal:home")).text


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = "tests.web.test_session"
    return Client(raise_request_exception=False)


def test_it_is_said_with_what_to_do(visitor):
    answer = visitor.get("/ocupado")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "no se guardó nada" in answer.text


def test_what_was_typed_goes_with_the_button(visitor):
    typed = {"cause": 'Llovió <b>"mucho"</b>', "value": ["1", "2"]}
    page = visitor.post("/ocupado?dato=1", typed).text
    assert 'action="/ocupado?dato=1"' in page
    assert "Llovió &lt;b&gt;&quot;mucho&quot;&lt;/b&gt;" in page
    assert page.count('name="value"') == 2


def test_a_password_is_not_written_in_a_page(visitor):
    page = visitor.post("/ocupado", {"login": "ana", "password": "secreta-larga"}).text
    assert "secreta-larga" not in page


def test_anything_else_is_still_our_fault(visitor):
    assert visitor.get("/roto").status_code == 500
