"""The chain's part of the health page: do its last links hold?"""

from itertools import pairwise

from django.utils.translation import gettext as _

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.audit.queries import faults_of
from sigpret.web.health import Finding

LAST = 50


def last_links_hold() -> Finding:
    """Checks the newest events only; `./sigpret audit verify` checks them all."""
    newest = list(AuditEvent.objects.order_by("-id")[: LAST + 1])[::-1]
    broken = [
        event.id for before, event in pairwise(newest) if list(faults_of(event, before.digest))
    ]
    if broken:
        return Finding(is_ok=False, detail=_("Alterada: compruébela con «audit verify»"))
    return Finding(is_ok=True, detail=_("Íntegra"))
