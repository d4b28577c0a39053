"""Hand the queued mail over. What may have been handed over is never sent again by itself.

1. A worker claims one delivery in a short transaction (`FOR UPDATE SKIP LOCKED`), which turns it
   from `queued` to `sending`: no other worker sees it.
2. It hands the mail over and writes down at once what the mail server answered.
3. A worker killed before 1 leaves it queued, so it is sent later. Killed between 1 and 2, or cut
   off while the mail was being handed over, nobody knows whether it arrived: the delivery becomes
   `failed` with that reason, the administration sees it and decides. Its Message-ID never changes,
   so a mailbox recognises a second copy.

The queue goes by the clock of the database, also in the demonstration.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.notices.kinds import Text
from sigpret.apps.notices.mail import Letter, compose
from sigpret.apps.notices.models import Delivery
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
    """Send what is waiting and due; how many mails the server accepted.

    `at` is the product's clock, written as the moment of sending. Never raises because of a
    mail server: what fails waits longer each time, and after a day it is shown as failed.
    """
    give_up_on_interrupted()
    if not waiting().exists():
        return 0
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
    except OSError as problem:
        postpone(waiting(), problem)
        return 0
    try:
        return send_with(connection, at, should_stop)
    finally:
        connection.close()


def send_with(connection: BaseEmailBackend, at: datetime, should_stop: Callable[[], bool]) -> int:
    """Claim and send one by one until nothing is due; how many were accepted."""
    sent = 0
    for _turn in range(BATCH):
        delivery = None if should_stop() else claim()
        if delivery is None:
            break
        sent += hand_over(delivery, connection, at)
        if is_broken(connection):
            break
    return sent


def waiting() -> QuerySet[Delivery]:
    """Mail that may be tried now."""
    return Delivery.objects.filter(state=State.QUEUED, due_at__lte=Now())


@transaction.atomic
def claim() -> Delivery | None:
    """Take the first one nobody else holds; None when there is none."""
    first = waiting().select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "id")
    delivery = first.select_related("notice__recipient").first()
    if delivery is not None:
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.SENDING, claimed_at=Now(), attempts=F("attempts") + 1
        )
        delivery.attempts += 1
    return delivery


def hand_over(delivery: Delivery, connection: BaseEmailBackend, at: datetime) -> bool:
    """Send one claimed mail and write down the answer; whether it was accepted."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING)
    try:
        connection.send_messages([compose(letter_of(delivery))])
    except (OSError, ValueError) as problem:
        if is_in_doubt(connection):
            fail(mine, INTERRUPTED)
        elif is_final(problem) or delivery.attempts >= MOST_ATTEMPTS:
            fail(mine, sentence(problem))
        else:
            put_back(mine, problem, delivery.attempts)
        return False
    mine.update(state=State.SENT, sent_at=at, claimed_at=None, last_error="")
    return True


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


def postpone(deliveries: QuerySet[Delivery], problem: Exception) -> None:
    """The server cannot be reached: everything due waits, each as long as its own turn says."""
    for attempts in deliveries.order_by("attempts").values_list("attempts", flat=True).distinct():
        those = deliveries.filter(attempts=attempts)
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


def fail(mine: QuerySet[Delivery], reason: Text) -> None:
    """The administration sees it and decides."""
    mine.update(state=State.FAILED, claimed_at=None, last_error=reason)


def put_back(mine: QuerySet[Delivery], problem: Exception, attempts: int) -> None:
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
    """Deliveries whose worker died in the middle; nobody knows whether they arrived."""
    held = Q(state=State.SENDING, claimed_at__lt=Now() - ABANDONED_AFTER)
    return Delivery.objects.filter(held).update(
        state=State.FAILED, claimed_at=None, last_error=INTERRUPTED
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
