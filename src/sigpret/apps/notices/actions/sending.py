"""Hand the queued mail over. What may have been handed over is never sent again by itself.

1. A worker claims one mail in a short transaction (`FOR UPDATE SKIP LOCKED`), which turns it
   from `queued` to `sending`: no other worker sees it.
2. It hands the mail over and writes down at once what the mail server answered.
3. A worker killed before 1 leaves it queued, so it is sent later. Killed between 1 and 2, or cut
   off while the mail was being handed over, nobody knows whether it arrived: it is set aside with
   that reason, somebody sees it and decides. Its Message-ID never changes, so a mailbox recognises
   a second copy.

The queues (`notices/queues.py`) go by the clock of the database, also in the demonstration.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.notices.kinds import Text
from sigpret.apps.notices.mail import Letter, compose
from sigpret.apps.notices.models import Delivery
from sigpret.apps.notices.queues import Queue, all_queues, register
from sigpret.apps.notices.smtp import is_broken, is_in_doubt

State = Delivery.State
#: After this long, whoever was sending is dead: a mail server answers or times out much earlier.
ABANDONED_AFTER = timedelta(minutes=10)
#: A day of trying: 1, 2, 4, 8, 16, 32 minutes, then each hour.
MOST_ATTEMPTS = 30
LONGEST_WAIT_MINUTES = 60
#: At most this many in one run, so that a worker can be stopped between runs.
BATCH = 200
INTERRUPTED = gettext_lazy(
    "El envío se cortó mientras se entregaba: no se sabe si llegó. Reinténtelo si hace falta."
)


def send_due_mail(*, at: datetime, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is waiting and due in every queue; how many mails the server accepted.

    `at` is the product's clock, written as the moment of sending. Never raises because of a
    mail server: what fails waits longer each time, and after a day it is shown as failed.
    """
    give_up_on_interrupted()
    queues = [queue for queue in all_queues() if queue.waiting().exists()]
    if not queues:
        return 0
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
    except OSError as problem:
        for queue in queues:
            postpone(queue.waiting(), problem)
        return 0
    try:
        return sum(send_with(connection, queue, at, should_stop) for queue in queues)
    finally:
        connection.close()


def send_with(
    connection: BaseEmailBackend, queue: Queue, at: datetime, should_stop: Callable[[], bool]
) -> int:
    """Claim and send one by one until nothing is due; how many were accepted."""
    sent = 0
    for _turn in range(BATCH):
        if should_stop() or is_broken(connection) or (row := claim(queue, at)) is None:
            break
        sent += hand_over(queue, row, connection, at)
    return sent


@transaction.atomic
def claim(queue: Queue, at: datetime) -> Any:
    """Take the first one nobody else holds and that still says what is so; None: there is none.

    A mail put back after its server failed may have become untrue meanwhile: it does not leave.
    """
    free = queue.waiting().select_for_update(skip_locked=True, of=("self",))
    while (row := free.order_by("due_at", "id").first()) is not None:
        mine = queue.rows().filter(pk=row.pk)
        if queue.is_current(row, at):
            mine.update(state=State.SENDING, claimed_at=Now(), attempts=F("attempts") + 1)
            row.attempts += 1
            return row
        mine.update(state=queue.withdrawn)
    return None


def hand_over(queue: Queue, row: Any, connection: BaseEmailBackend, at: datetime) -> bool:
    """Send one claimed mail and write down the answer; whether it was accepted."""
    mine = queue.rows().filter(pk=row.pk, state=State.SENDING)
    try:
        connection.send_messages([queue.compose(row)])
    except (OSError, ValueError) as problem:
        if is_in_doubt(connection):
            fail(mine, INTERRUPTED, queue.doubtful)
        elif is_final(problem) or row.attempts >= MOST_ATTEMPTS:
            fail(mine, sentence(problem))
        else:
            put_back(mine, problem, row.attempts)
        return False
    mine.update(state=State.SENT, sent_at=at, claimed_at=None, last_error="")
    return True


def deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("notice__recipient")


def letter_of(delivery: Delivery) -> Letter:
    notice = delivery.notice
    return Letter(
        number=delivery.pk,
        to=notice.recipient.email,
        kind=notice.kind,
        title=notice.title,
        body=notice.body,
        url=notice.url,
        subject_key=notice.subject_key,
        written_at=notice.created_at,
        due_at=notice.due_at,
        items=tuple(notice.items),
    )


def compose_notice(delivery: Delivery) -> EmailMessage:
    return compose(letter_of(delivery))


NOTICES = Queue("notices", deliveries, compose_notice)
register(NOTICES)


def postpone(rows: QuerySet[Any], problem: Exception) -> None:
    """The server cannot be reached: everything due waits, each as long as its own turn says."""
    for attempts in rows.order_by("attempts").values_list("attempts", flat=True).distinct():
        those = rows.filter(attempts=attempts)
        if attempts + 1 >= MOST_ATTEMPTS:
            those.update(
                state=State.FAILED, attempts=F("attempts") + 1, last_error=sentence(problem)
            )
        else:
            those.update(
                due_at=Now() + wait_after(attempts + 1),
                attempts=F("attempts") + 1,
                last_error=sentence(problem),
            )


def fail(mine: QuerySet[Any], reason: Text, state: str = State.FAILED) -> None:
    """Whoever answers for it sees it and decides."""
    mine.update(state=state, claimed_at=None, last_error=reason)


def put_back(mine: QuerySet[Any], problem: Exception, attempts: int) -> None:
    mine.update(
        state=State.QUEUED,
        claimed_at=None,
        due_at=Now() + wait_after(attempts),
        last_error=sentence(problem),
    )


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4… minutes, at most an hour."""
    return timedelta(minutes=min(2 ** min(attempts - 1, 6), LONGEST_WAIT_MINUTES))


def give_up_on_interrupted() -> int:
    """Mail whose worker died in the middle; nobody knows whether it arrived."""
    held = Q(state=State.SENDING, claimed_at__lt=Now() - ABANDONED_AFTER)
    return sum(
        queue.rows()
        .filter(held)
        .update(state=queue.doubtful, claimed_at=None, last_error=INTERRUPTED)
        for queue in all_queues()
    )


def is_final(problem: Exception) -> bool:
    """Will the server say the same tomorrow? It refuses the address or the message for ever."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= 500
    return isinstance(problem, ValueError)


def sentence(problem: Exception) -> str:
    """What is shown to the administration; never the address or the text of the mail."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _reason in problem.recipients.values()})
        return _("El servidor de correo no acepta la dirección (%(code)d).") % {"code": codes[0]}
    if isinstance(problem, smtplib.SMTPResponseException):
        code = problem.smtp_code
        return _("El servidor de correo respondió con el código %(code)d.") % {"code": code}
    if isinstance(problem, ValueError):
        return _("El correo no se puede escribir: revise la dirección de la persona.")
    name = type(problem).__name__
    return _("No se pudo hablar con el servidor de correo (%(name)s).") % {"name": name}
