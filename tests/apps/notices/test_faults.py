"""Workers in processes of their own: killed in the middle, two at once, and the real command."""

import os
import subprocess
import sys
from datetime import timedelta
from email import message_from_string

import pytest
from django.db import connection
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateJob

from sigpret.apps.notices.actions.sending import INTERRUPTED, send_due_mail
from sigpret.apps.notices.models import Delivery
from sigpret.apps.notices.outbox import outbox
from sigpret.apps.notices.tasks import catch_up
from tests.apps.notices.test_notify import AT, tell
from tests.factories.institutions import make_user
from tests.repository.sources import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def test_database() -> str:
    """The address of the database these tests run on, for another process."""
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    name = connection.settings_dict["NAME"]
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


test_database.__test__ = False  # its name only looks like one


def environment(**more: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": test_database(),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PYTHONWARNINGS": "ignore",
        **more,
    }


def sender(port: int) -> subprocess.Popen[str]:
    """A process that sends what is due once it is told to start."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.apps.notices.sender", str(port)],
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()


def test_killed_while_the_server_answers_it_is_not_sent_again_by_itself(server):
    tell(make_user())
    server.hold()
    worker = sender(server.port)
    start(worker)
    assert server.got_data.wait(20)
    worker.kill()
    worker.communicate()
    server.may_answer.set()
    assert Delivery.objects.get().state == "sending"
    assert send_due_mail(at=AT) == 0
    Delivery.objects.update(claimed_at=Now() - timedelta(minutes=11))
    assert send_due_mail(at=AT) == 0
    doubtful = Delivery.objects.get()
    assert (doubtful.state, doubtful.last_error) == ("failed", INTERRUPTED)
    assert len(server.accepted) <= 1


def test_killed_before_it_takes_one_nothing_is_lost(server):
    tell(make_user())
    worker = sender(server.port)
    assert worker.stdout.readline() == "ready\n"
    worker.kill()
    worker.communicate()
    assert send_due_mail(at=AT) == 1


def test_two_workers_at_once_send_each_mail_once(server):
    for number in range(12):
        tell(make_user(), key=f"parcel:{number}")
    workers = [sender(server.port) for _ in range(2)]
    for worker in workers:
        start(worker)
    sent = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    names = [message_from_string(text)["Message-ID"] for text in server.accepted]
    assert sum(sent) == 12
    assert len(names) == len(set(names)) == 12
    assert not Delivery.objects.exclude(state="sent").exists()


def test_the_command_does_what_waits_and_ends(tmp_path, settings):
    person = make_user(is_demo=True)
    tell(person)
    for _ in range(2):  # whoever started before left its turn in the queue
        catch_up()
    command = [sys.executable, "-m", "sigpret.config.cli", "worker", "--once"]
    variables = environment(SIGPRET_VAR=str(tmp_path), SIGPRET_DEMO="1")
    variables.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(command, env=variables, cwd=ROOT, check=True, timeout=60)
    settings.OUTBOX = tmp_path / "outbox"
    assert [mail.subject for mail in outbox([person.email])] == ["SIGPRET · Llegó un libro a Copán"]
    assert Delivery.objects.get().state == "sent"
    assert not ProcrastinateJob.objects.filter(status="todo").exists()
