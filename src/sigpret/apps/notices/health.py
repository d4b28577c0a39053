"""The worker's part of the health page: does somebody send the mail, and is any waiting long?"""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Min
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateWorker

from sigpret.apps.notices.queues import Queue, all_queues
from sigpret.web.health import Finding

#: A worker writes its heartbeat every ten seconds.
ALIVE_WITHIN = timedelta(seconds=45)
#: Mail that is due waits a minute at most; longer means that nobody sends it, or nobody can.
LONGEST_QUEUE = timedelta(minutes=15)


def mail_flows() -> Finding:
    """Well while no mail waits too long: without mail, a stopped worker harms nobody yet."""
    counted = [in_line(queue) for queue in all_queues()]
    count = sum(n for n, _age in counted)
    age = max((age for _n, age in counted), default=timedelta())
    return Finding(is_ok=age < LONGEST_QUEUE, detail=f"{heartbeat()} {waiting(count, age)}")


def in_line(queue: Queue) -> tuple[int, timedelta]:
    """How many wait in a queue, and how long the first of them has."""
    found = (
        queue.rows()
        .filter(state="queued")
        .aggregate(n=Count("pk"), oldest=Min(queue.since), now=Max(Now()))
    )
    return found["n"], found["now"] - found["oldest"] if found["n"] else timedelta()


def heartbeat() -> str:
    """`Proceso de avisos activo hace 4 s.`"""
    seen = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"), now=Max(Now()))
    if seen["last"] is None or seen["now"] - seen["last"] > ALIVE_WITHIN:
        return _("El proceso de avisos está detenido.")
    return _("Proceso de avisos activo hace %(n)d s.") % {"n": seconds(seen["now"], seen["last"])}


def waiting(count: int, age: timedelta) -> str:
    """`2 correos en espera, el más antiguo hace 3 min.`"""
    if not count:
        return _("Ningún correo en espera.")
    words = ngettext("%(n)d correo en espera", "%(n)d correos en espera", count) % {"n": count}
    minutes = int(age.total_seconds() // 60)
    return _("%(words)s, el más antiguo hace %(minutes)d min.") % {
        "words": words,
        "minutes": minutes,
    }


def seconds(now: datetime, then: datetime) -> int:
    return max(int((now - then).total_seconds()), 0)
