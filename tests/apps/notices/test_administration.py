"""The words the administration writes, and the mail that did not go out."""

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.notices.models import Delivery, Notice, NoticeTemplate
from tests.apps.notices.kinds import PARCEL
from tests.apps.notices.test_notify import tell
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db
ADDRESS = ("notices:template", PARCEL.code)


@pytest.fixture
def page(client):
    client.force_login(
        make_user(Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def write(page, subject="Venga por {cosa}", text="Está en {lugar}.", version=0, **more):
    said = {"subject": subject, "text": text, "version": version} | more
    return page.post(reverse(*ADDRESS[:1], args=ADDRESS[1:]), said)


def test_what_is_written_is_used_from_then_on(page):
    assert write(page).status_code == 302
    tell(make_user())
    assert Notice.objects.get().title == "Venga por un libro"
    assert AuditEvent.objects.filter(action="notices.template_written").count() == 1


def test_what_was_told_keeps_its_words(page):
    tell(make_user())
    write(page)
    assert Notice.objects.get().title == "Llegó un libro a Copán"


def test_a_word_without_a_fact_is_refused_by_its_name(page):
    answer = write(page, text="Cuesta {precio}.")
    assert answer.status_code == 422
    assert "{precio}" in answer.content.decode()
    assert not NoticeTemplate.objects.exists()


def test_two_who_write_at_once_do_not_undo_each_other(page):
    write(page)
    answer = write(page, subject="Otra cosa", version=0)
    assert answer.status_code == 409
    assert "Otra cosa" in answer.content.decode(), "what was typed is kept"
    assert NoticeTemplate.objects.get().subject == "Venga por {cosa}"


def test_writing_the_same_twice_is_one_event(page):
    write(page)
    write(page, version=1)
    assert NoticeTemplate.objects.get().version == 1
    assert AuditEvent.objects.filter(action="notices.template_written").count() == 1


def test_the_original_comes_back(page):
    write(page)
    page.post(reverse("notices:restore", args=[PARCEL.code]))
    assert not NoticeTemplate.objects.exists()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "{% include 'x' %}"]
)
def test_the_preview_shows_what_is_written_and_runs_nothing(page, text):
    said = {"subject": "{cosa}", "text": text, "version": 0}
    answer = page.post(reverse("notices:preview", args=[PARCEL.code]), said)
    assert answer.status_code == 200
    assert "una caja" in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_looking_saves_nothing(page):
    assert "una caja" in write(page, look="1").content.decode()
    assert not NoticeTemplate.objects.exists()


def test_an_unknown_kind_has_no_page(page):
    assert page.get(reverse("notices:template", args=["nothing"])).status_code == 404


def failed() -> Delivery:
    tell(make_user(full_name="Ana Paz"))
    Delivery.objects.update(state="failed", last_error="El servidor respondió 550.", attempts=30)
    return Delivery.objects.get()


def test_what_failed_is_shown_with_its_reason_and_never_its_address(page):
    delivery = failed()
    shown = page.get(reverse("notices:administration")).content.decode()
    assert "El servidor respondió 550." in shown
    assert "Reintentar" in shown
    assert delivery.notice.recipient.email not in shown


def test_trying_again_puts_it_back_in_the_queue_once(page):
    delivery = failed()
    for _ in range(2):
        page.post(reverse("notices:retry", args=[delivery.pk]))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("queued", 0, "")
    assert AuditEvent.objects.filter(action="notices.delivery_retried").count() == 1


def test_what_was_sent_is_not_sent_again_by_a_click(page):
    delivery = failed()
    Delivery.objects.update(state="sent", sent_at="2026-10-13T15:00Z")
    page.post(reverse("notices:retry", args=[delivery.pk]))
    delivery.refresh_from_db()
    assert delivery.state == "sent"
