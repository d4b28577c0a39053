"""The summary of Monday: one mail per person with what is pending and what was not read."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.actions.notify import notify
from sigpret.apps.notices.duties import duties_of
from sigpret.apps.notices.kinds import DIGEST, Channel, Mode
from sigpret.apps.notices.models import Notice, Preference
from sigpret.web.dates import TEGUCIGALPA, short_date, short_deadline
from sigpret.web.pending import PendingTask

MONDAY = 1
FROM_HOUR = time(7, 0)
#: A summary that is too long is not read.
LISTED = 10
UNREAD_SINCE = timedelta(days=7)


def send_digest(*, at: datetime) -> int:
    """Write the summary of the week to whoever wants it and has something; how many.

    Only on Mondays from 7:00 at Tegucigalpa, and once per person and ISO week however often
    it runs. Each person is a transaction of its own.
    """
    here = at.astimezone(TEGUCIGALPA)
    if here.isoweekday() != MONDAY or here.time() < FROM_HOUR:
        return 0
    year, week, _day = here.isocalendar()
    key = f"digest:{year}-W{week:02}"
    return sum(summarise(person, key, at) for person in readers(key).iterator())


def readers(key: str) -> QuerySet[User]:
    """Who wants the summary and has not got this one."""
    refused = Preference.objects.filter(
        user=OuterRef("pk"), kind=DIGEST.code, channel=Channel.EMAIL, mode=Mode.OFF
    )
    already = Notice.objects.filter(recipient=OuterRef("pk"), dedupe_key=key)
    people = User.objects.filter(is_active=True).exclude(email="")
    return people.filter(~Exists(refused), ~Exists(already)).order_by("pk")


def summarise(person: User, key: str, at: datetime) -> int:
    """1 when the person was written to; 0 with nothing to say."""
    tasks = duties_of(person, at)
    unread = Notice.objects.filter(
        recipient=person, read_at=None, created_at__gte=at - UNREAD_SINCE, created_at__lte=at
    )
    count = unread.count()
    if not tasks and not count:
        return 0
    return notify(
        recipients=[person],
        kind=DIGEST.code,
        subject_key=key,
        context={
            "summary": summary(len(tasks), count),
            "items": [*task_lines(tasks), *notice_lines(unread[:LISTED])],
        },
        url=reverse("pending"),
        at=at,
        dedupe_key=key,
    )


def summary(tasks: int, unread: int) -> str:
    """`4 pendientes y 2 avisos sin leer`."""
    parts = (
        (tasks, ngettext("%(n)s pendiente", "%(n)s pendientes", tasks)),
        (unread, ngettext("%(n)s aviso sin leer", "%(n)s avisos sin leer", unread)),
    )
    return _(" y ").join(text % {"n": number} for number, text in parts if number)


def task_lines(tasks: Iterable[PendingTask]) -> Iterator[dict[str, str]]:
    """Titles and deadlines only: details may quote people, and a mail never does."""
    for task in tuple(tasks)[:LISTED]:
        when = short_deadline(task.due_at) if task.due_at else ""
        yield {"title": str(task.title), "url": task.url, "when": when}


def notice_lines(notices: Iterable[Notice]) -> Iterator[dict[str, str]]:
    for notice in notices:
        yield {"title": notice.title, "url": notice.url, "when": short_date(notice.created_at)}
