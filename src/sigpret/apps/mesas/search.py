"""What the search finds of the mesas a person may open: the mesa, its people, what they may do."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Accreditation, Designation
from sigpret.apps.mesas.queries.mesas import readable_mesas
from sigpret.web.clock import now
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST_MESAS, MOST_PEOPLE = 4, 4
Duty = Designation.Duty


def mesa_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Mesas by any word of their name, of those the person may open; one statement."""
    if not access.roles:
        return
    mesas = readable_mesas(access, on=now().date())
    found = [mesa for mesa in mesas if words.match(f"mesa mesgepret {mesa.sector.name}")]
    for mesa in found[:MOST_MESAS]:
        url = reverse("mesas:summary", args=[mesa.sector.slug])
        title = _("Mesa sectorial de %(name)s") % {"name": mesa.sector.name}
        yield SearchHit(Kind.INSTITUTION, title, url, _("mesa sectorial"), icon="people")


def member_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Accredited people by name, in those mesas; two statements and no contact data."""
    if not access.roles or not words:
        return
    on = now().date()
    slugs = {mesa.pk: mesa.sector.slug for mesa in readable_mesas(access, on=on)}
    rows = Accreditation.objects.filter(mesa__in=slugs, ended_on=None).values_list(
        "full_name", "position", "institution__acronym", "mesa", "mesa__sector__name", "level"
    )
    shown = 0
    for name, position, place, mesa, sector, level in rows.order_by("full_name"):
        if shown < MOST_PEOPLE and words.match(name):
            shown += 1
            url = reverse("mesas:members", args=[slugs[mesa]])
            url = f"{url}?nivel=politico" if level == "political" else url
            detail = _("%(post)s, %(place)s · mesa de %(sector)s") % {
                "post": position,
                "place": place,
                "sector": sector,
            }
            yield SearchHit(Kind.INSTITUTION, name, url, detail, icon="user")


def mesa_actions(access: Access, at: datetime) -> Iterator[SearchHit]:
    """What who runs a mesa does most: convene, and see what is late; one statement."""
    for slug, name, duty in duties_of(access, at.date()):
        words = {"name": name}
        if duty == Duty.TECHNICAL_COORDINATOR:
            convene = reverse("mesas:convene", args=[slug])
            title = _("Convocar la mesa de %(name)s") % words
            yield SearchHit(Kind.ACTION, title, convene, icon="calendar")
        title = _("Ver los acuerdos de la mesa de %(name)s") % words
        yield SearchHit(Kind.ACTION, title, reverse("mesas:agreements", args=[slug]), icon="flag")


def duties_of(access: Access, on: date) -> list[tuple[str, str, str]]:
    """(address, name, duty) of each mesa the person coordinates or supports; an analyst has too
    many to be offered all of them."""
    rows = Designation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), person_id=access.user_id or 0, since__lte=on
    ).exclude(duty=Duty.ANALYST)
    return list(rows.values_list("mesa__sector__slug", "mesa__sector__name", "duty"))
