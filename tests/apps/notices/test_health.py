"""What the health page says of the worker and its queue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from sigpret.apps.notices.health import mail_flows
from sigpret.apps.notices.models import Delivery
from tests.apps.notices.test_notify import tell
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_without_mail_a_stopped_worker_harms_nobody():
    finding = mail_flows()
    assert finding.is_ok
    assert finding.detail == "El proceso de avisos está detenido. Ningún correo en espera."


def test_a_living_worker_says_when_it_was_last_seen():
    beat(12)
    assert "activo hace 12 s" in mail_flows().detail


def test_one_that_was_killed_is_not_living():
    beat(120)
    assert "detenido" in mail_flows().detail


@pytest.mark.parametrize(("minutes", "is_ok"), [(14, True), (16, False)])
def test_mail_that_waits_a_quarter_of_an_hour_is_a_problem(minutes, is_ok):
    tell(make_user())
    Delivery.objects.update(queued_at=Now() - timedelta(minutes=minutes))
    finding = mail_flows()
    assert finding.is_ok is is_ok
    assert f"1 correo en espera, el más antiguo hace {minutes} min." in finding.detail
