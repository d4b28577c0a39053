"""The summary of Monday, the reminders of each day, and what is forgotten."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from sigpret.apps.notices import duties
from sigpret.apps.notices.actions import reminders
from sigpret.apps.notices.actions.cleaning import forget_old_notices
from sigpret.apps.notices.actions.digest import send_digest
from sigpret.apps.notices.actions.sending import send_due_mail
from sigpret.apps.notices.models import Delivery, Notice, Preference
from sigpret.apps.notices.queries.inbox import unread_count
from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.pending import PendingTask
from tests.apps.notices.kinds import LETTER
from tests.apps.notices.test_notify import AT, tell
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 10, 19, 7, 30, tzinfo=TEGUCIGALPA)


@pytest.fixture(autouse=True)
def tasks(monkeypatch):
    """Nobody has anything to do, until a test says who."""
    having: dict[int, list[PendingTask]] = {}
    monkeypatch.setattr(duties, "_PROVIDERS", [lambda person, now: having.get(person.pk, [])])
    return having


def task(title="Completar el reporte", detail="Karla: «apúrese»") -> PendingTask:
    return PendingTask(title=title, url="/reporte", action="Ir", detail=detail, due_at=MONDAY)


class TestDigest:
    def test_one_mail_lists_what_is_pending_and_what_was_not_read(self, tasks):
        person = make_user()
        tasks[person.pk] = [task()]
        tell(person, kind=LETTER)
        Notice.objects.update(created_at=MONDAY - timedelta(days=2))
        assert send_digest(at=MONDAY) == 1
        assert send_due_mail(at=MONDAY) == 1
        (message,) = mail.outbox
        assert message.subject == "SIGPRET · Su semana: 1 pendiente y 1 aviso sin leer"
        assert "- Completar el reporte (lun 19 oct, 7:30" in message.body.replace("\xa0", " ")
        assert "- Llegó una carta" in message.body
        assert "apúrese" not in message.body

    def test_once_a_week_however_often_it_runs(self, tasks):
        person = make_user()
        tasks[person.pk] = [task()]
        moments = [MONDAY, MONDAY, MONDAY + timedelta(hours=5)]
        assert [send_digest(at=at) for at in moments] == [1, 0, 0]
        assert send_digest(at=MONDAY + timedelta(days=7)) == 1

    @pytest.mark.parametrize(
        "at",
        [MONDAY.replace(hour=6, minute=59), MONDAY + timedelta(days=1), MONDAY.replace(day=18)],
    )
    def test_only_on_mondays_from_seven(self, tasks, at):
        tasks[make_user().pk] = [task()]
        assert send_digest(at=at) == 0

    def test_with_nothing_to_say_nothing_is_said(self):
        make_user()
        assert send_digest(at=MONDAY) == 0

    def test_who_does_not_want_it_does_not_get_it(self, tasks):
        person = make_user()
        tasks[person.pk] = [task()]
        Preference.objects.create(user=person, kind="digest", channel="email", mode="off")
        assert send_digest(at=MONDAY) == 0

    def test_it_does_not_ring_the_bell(self, tasks):
        person = make_user()
        tasks[person.pk] = [task()]
        send_digest(at=MONDAY)
        assert unread_count(person.pk) == 0

    def test_a_long_list_is_cut(self, tasks):
        person = make_user()
        tasks[person.pk] = [task(f"Tarea {number}") for number in range(25)]
        send_digest(at=MONDAY)
        assert len(Notice.objects.get().items) == 10


class TestReminders:
    @pytest.fixture(autouse=True)
    def reminding(self, monkeypatch):
        self.asked = []
        monkeypatch.setattr(reminders, "_REMINDING", [self.remind])

    def remind(self, *, at):
        self.asked.append(at)
        return 3

    def test_from_eight_in_honduras(self):
        assert reminders.send_reminders(at=MONDAY.replace(hour=8, minute=0)) == 3

    def test_not_before(self):
        assert reminders.send_reminders(at=MONDAY.replace(hour=7, minute=59)) == 0
        assert not self.asked


def test_what_was_read_long_ago_is_forgotten_with_its_mail():
    person = make_user()
    for key in ("old", "unread", "new"):
        tell(person, key=key)
    long_ago = AT - timedelta(days=401)
    Notice.objects.filter(dedupe_key="old").update(created_at=long_ago, read_at=long_ago)
    Notice.objects.filter(dedupe_key="unread").update(created_at=long_ago)
    assert forget_old_notices(at=AT) == 1
    assert Delivery.objects.count() == 2
