"""What the search finds of the products of the mesas a person may open."""

from collections.abc import Iterator

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import NATIONAL_READERS
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Bottleneck, Mesa, Strategy
from sigpret.apps.mesas.queries.mesas import own_mesas
from sigpret.web.clock import now
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST = 4


def product_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Bottlenecks and strategies by any word of their title; one statement."""
    if not access.roles or not words:
        return
    looks = {
        "mesas:bottleneck": (_("cuello de botella"), "alert"),
        "mesas:strategy": (_("estrategia"), "map"),
    }
    shown = 0
    for pk, title, slug, sector, name in titles(access):
        if shown < MOST and words.match(title):
            shown += 1
            what, icon = looks[name]
            detail = _("%(what)s · mesa de %(sector)s") % {"what": what, "sector": sector}
            url = reverse(name, args=[slug, pk])
            yield SearchHit(Kind.INSTITUTION, title, url, detail, icon=icon)


def titles(access: Access) -> list[tuple[int, str, str, str, str]]:
    """(id, title, address and name of the mesa, page) of all that this person may read."""
    mesas = Mesa.objects.all()
    if not access.has(*NATIONAL_READERS):
        mesas = mesas.filter(own_mesas(access, on=now().date()))

    def rows(found: QuerySet, name: str) -> QuerySet:  # type: ignore[type-arg]
        page = Value(name, output_field=CharField())
        return found.filter(mesa__in=mesas).values_list(
            "pk", "title", F("mesa__sector__slug"), F("mesa__sector__name"), page
        )

    necks = rows(Bottleneck.objects.order_by(), "mesas:bottleneck")
    return list(necks.union(rows(Strategy.objects.order_by(), "mesas:strategy"), all=True))
