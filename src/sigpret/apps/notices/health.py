"""The worker's part of the health page: does somebody send the mail, and is any waiting long?"""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Min
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateWorker

from sigpret.apps.notices.models import Delivery
from sigpret.web.health import Finding

#: A worker writes its heartbeat every ten seconds.
ALIVE_WITHIN = timedelta(seconds=45)
#: Mail that is due waits a minute at most; longer means that nobody sends it, or nobody can.
LONGEST_QUEUE = timedelta(minutes=15)


def mail_flows() -> Finding:
    """Well while no mail waits too long: without mail, a stopped worker harms nobody yet."""
    queue = Delivery.objects.filter(state=Delivery.State.QUEUED).aggregate(
        n=Count("pk"), oldest=Min("queued_at"), now=Max(Now())
    )
    age = queue["now"] - queue["oldest"] if queue["n"] else timedelta()
    return Finding(is_ok=age < LONGEST_QUEUE, detail=f"{heartbeat()} {waiting(queue['n'], age)}")


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
