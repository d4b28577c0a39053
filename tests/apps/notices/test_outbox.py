"""The demonstration's mail: written to files, read by visitors, and dangerous to nobody."""

import pytest
from django.core import mail
from django.urls import reverse

from sigpret.apps.notices.outbox import OutboxBackend, outbox
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script><img src='https://otro.example/x.png'>"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.OUTBOX = tmp_path / "outbox"
    return settings.OUTBOX


@pytest.fixture
def person():
    return make_user(is_demo=True)


@pytest.fixture
def page(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(to: str, subject="Hola", html=HOSTILE) -> None:
    message = mail.EmailMultiAlternatives(subject, "texto", to=[to])
    message.attach_alternative(html, "text/html")
    OutboxBackend().send_messages([message])


def test_what_was_sent_is_read_back_newest_first(person):
    send(person.email, "Primero")
    send(person.email, "Segundo")
    assert [found.subject for found in outbox([person.email])] == ["Segundo", "Primero"]


def test_mail_of_a_real_person_is_never_shown(page, folder):
    real = make_user()
    send(real.email, "Su clave nueva")
    name = next(folder.glob("*.eml")).stem
    assert "clave nueva" not in page.get(reverse("notices:outbox")).content.decode()
    assert page.get(reverse("notices:mail", args=[name])).status_code == 404
    assert page.get(reverse("notices:mail_html", args=[name])).status_code == 404


def test_the_html_is_alone_in_its_box(page, person, folder):
    send(person.email)
    name = next(folder.glob("*.eml")).stem
    policy = page.get(reverse("notices:mail_html", args=[name]))["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    for rule in ("default-src 'none'", "script-src 'none'", "img-src 'none'"):
        assert rule in policy


def test_the_page_around_it_shows_words_only(page, person, folder):
    send(person.email, subject="<script>x</script>")
    name = next(folder.glob("*.eml")).stem
    shown = page.get(reverse("notices:mail", args=[name])).content.decode()
    assert "<script>x" not in shown
    assert "alert(1)" not in shown
    assert "sandbox=" in shown


@pytest.mark.parametrize("name", ["nothing", "-", "0"])
def test_a_name_that_is_no_mail_is_not_found(page, name):
    assert page.get(reverse("notices:mail", args=[name])).status_code == 404


def test_outside_the_demonstration_the_pages_do_not_exist(page, settings, person, folder):
    send(person.email)
    name = next(folder.glob("*.eml")).stem
    settings.DEMO = False
    for address in (
        reverse("notices:outbox"),
        reverse("notices:mail", args=[name]),
        reverse("notices:mail_html", args=[name]),
    ):
        assert page.get(address).status_code == 404
