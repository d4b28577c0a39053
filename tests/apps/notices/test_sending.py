"""Handing mail over: each once, later when the server is down, never again when in doubt."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.models.functions import Now

from sigpret.apps.notices.actions.sending import (
    INTERRUPTED,
    MOST_ATTEMPTS,
    NOTICES,
    claim,
    send_due_mail,
    wait_after,
)
from sigpret.apps.notices.models import Delivery
from tests.apps.notices.test_notify import tell
from tests.factories.institutions import make_user

AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def queue(count: int = 1, **fields) -> list[Delivery]:
    for number in range(count):
        tell(make_user(**fields), key=f"parcel:{number}")
    return list(Delivery.objects.order_by("pk"))


def due_in_minutes(delivery: Delivery) -> int:
    """Minutes between the database's clock and the moment of the next try, rounded."""
    delivery.refresh_from_db()
    now = Delivery.objects.annotate(now=Now()).get(pk=delivery.pk).now
    return round((delivery.due_at - now).total_seconds() / 60)


def test_what_is_queued_is_sent_once():
    (delivery,) = queue()
    assert send_due_mail(at=AT) == 1
    assert send_due_mail(at=AT) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == ("sent", AT, 1)
    assert len(mail.outbox) == 1


def test_an_empty_queue_opens_no_connection(settings):
    settings.EMAIL_BACKEND = "no.such.backend"
    assert send_due_mail(at=AT) == 0


def test_everything_goes_through_one_connection(server):
    queue(3)
    assert send_due_mail(at=AT) == 3
    assert len(server.accepted) == 3


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (29, 60)]
)
def test_each_failure_waits_longer_up_to_an_hour(attempts, minutes):
    assert wait_after(attempts) == timedelta(minutes=minutes)


class TestServerDown:
    @pytest.fixture(autouse=True)
    def nobody_listens(self, server, settings):
        settings.EMAIL_PORT = 1
        self.live_port = server.port

    def test_mail_stays_queued_and_says_why(self):
        (delivery,) = queue()
        assert send_due_mail(at=AT) == 0
        assert due_in_minutes(delivery) == 1
        assert (delivery.state, delivery.attempts) == ("queued", 1)
        assert "servidor de correo" in delivery.last_error

    def test_it_is_sent_when_the_server_is_back(self, server, settings):
        (delivery,) = queue()
        send_due_mail(at=AT)
        settings.EMAIL_PORT = self.live_port
        assert send_due_mail(at=AT) == 0, "its time has not come"
        Delivery.objects.update(due_at=Now())
        assert send_due_mail(at=AT) == 1
        delivery.refresh_from_db()
        assert (delivery.state, delivery.last_error) == ("sent", "")

    def test_after_a_day_of_trying_it_is_shown_as_failed(self):
        (delivery,) = queue()
        Delivery.objects.update(attempts=MOST_ATTEMPTS - 1)
        send_due_mail(at=AT)
        delivery.refresh_from_db()
        assert delivery.state == "failed"

    def test_each_mail_waits_according_to_its_own_attempts(self):
        first, second = queue(2)
        Delivery.objects.filter(pk=second.pk).update(attempts=3)
        send_due_mail(at=AT)
        assert (due_in_minutes(first), due_in_minutes(second)) == (1, 8)


@pytest.mark.parametrize(
    ("where", "code", "state"),
    [
        ("recipient_code", "550", "failed"),
        ("recipient_code", "450", "queued"),
        ("data_code", "554", "failed"),
        ("data_code", "452", "queued"),
    ],
)
def test_a_refusal_for_ever_fails_and_one_for_now_waits(server, where, code, state):
    setattr(server, where, code)
    (delivery,) = queue()
    assert send_due_mail(at=AT) == 0
    delivery.refresh_from_db()
    assert delivery.state == state
    assert code in delivery.last_error
    assert "example.hn" not in delivery.last_error


def test_a_line_cut_before_the_mail_was_handed_over_is_tried_again(server):
    server.hangs_up_at = "MAIL"
    first, second = queue(2)
    assert send_due_mail(at=AT) == 0
    assert due_in_minutes(first) == 1
    second.refresh_from_db()
    assert (first.state, second.state, second.attempts) == ("queued", "queued", 0)
    server.hangs_up_at = ""
    Delivery.objects.update(due_at=Now())
    assert send_due_mail(at=AT) == 2


def test_a_line_cut_before_the_receipt_is_a_doubt_and_not_a_second_mail(server):
    server.hangs_up_at = "receipt"
    first, second = queue(2)
    assert send_due_mail(at=AT) == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.last_error) == ("failed", INTERRUPTED)
    assert second.state == "queued"
    assert len(server.accepted) == 1, "it had arrived"


def test_one_refused_address_does_not_stop_the_others(server):
    first, second = queue(2)
    first.notice.recipient.email = "no es un correo\n@"
    first.notice.recipient.save(update_fields=["email"])
    assert send_due_mail(at=AT) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("failed", "sent")


def test_a_killed_worker_leaves_a_doubt_that_is_not_repeated_by_itself():
    (delivery,) = queue()
    assert claim(NOTICES, AT) is not None  # and here the worker is killed
    assert send_due_mail(at=AT) == 0, "it may have arrived"
    Delivery.objects.update(claimed_at=Now() - timedelta(minutes=11))
    assert send_due_mail(at=AT) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("failed", INTERRUPTED)
    assert not mail.outbox


def test_a_worker_that_must_stop_claims_no_more():
    queue(3)
    answers = iter([False, True])
    assert send_due_mail(at=AT, should_stop=lambda: next(answers)) == 1
    assert Delivery.objects.filter(state="queued").count() == 2


def test_stopping_leaves_nothing_claimed():
    queue(2)
    send_due_mail(at=AT, should_stop=lambda: True)
    assert not Delivery.objects.filter(state="sending").exists()


def test_the_queue_is_read_through_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM notices_delivery WHERE state = 'queued' AND due_at <= now() "
            "ORDER BY due_at, id LIMIT 1"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "deliveries_waiting" in plan
