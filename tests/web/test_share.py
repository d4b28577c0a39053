"""Sharing by WhatsApp and the bell: what they say, and when they say nothing."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlparse

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from sigpret.web import bell
from sigpret.web.bell import Bell, bell_of
from sigpret.web.share import whatsapp_url


def test_the_link_opens_whatsapp_with_a_sentence_and_the_address():
    url = urlparse(whatsapp_url("Vea la meta M1 & más:", "https://sigpret.hn/metas/M1?t=3&x=1"))
    assert (url.scheme, url.netloc) == ("https", "wa.me")
    assert parse_qs(url.query) == {
        "text": ["Vea la meta M1 & más: https://sigpret.hn/metas/M1?t=3&x=1"]
    }


def test_a_page_shares_its_own_address_and_nobody_s_name():
    request = RequestFactory().get("/avisos", headers={"host": "localhost"})
    drawn = Template("{% whatsapp '/reporte' %}").render(Context({"request": request}))
    assert "http%3A%2F%2Flocalhost%2Freporte" in drawn
    assert "Tiene+un+pendiente+en+SIGPRET" in drawn
    assert 'rel="noopener noreferrer"' in drawn


@pytest.mark.parametrize(("unread", "number"), [(0, ""), (1, "1"), (99, "99"), (100, "99+")])
def test_the_bell_counts_to_ninety_nine(unread, number):
    assert Bell(unread).number == number


def test_nobody_is_counted_before_entering(monkeypatch):
    def count(_user_id):
        raise AssertionError("nobody may ask")

    monkeypatch.setattr(bell, "_COUNTERS", [count])
    visitor = SimpleNamespace(user=SimpleNamespace(is_authenticated=False))
    assert bell_of(visitor) == Bell(0)
