"""What the search finds of the mesas a person may open: the mesa, its people, what they may do."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import SECTOR_ROLES
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.queries.mesas import openable_mesas
from sigpret.web.clock import now
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST_MESAS, MOST_PEOPLE = 4, 4
Duty = Designation.Duty


def mesa_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Mesas the person may open by any word of their name, and their accredited people by name:
    no contact data; one statement."""
    if not access.roles or not words:
        return
    found = list(represented(access, now().date()))
    names = {slug: sector for slug, sector, *_person in found}
    mesas = [slug for slug, name in names.items() if words.match(f"mesa mesgepret {name}")]
    for slug in mesas[:MOST_MESAS]:
        title = _("Mesa sectorial de %(name)s") % {"name": names[slug]}
        url = reverse("mesas:summary", args=[slug])
        yield SearchHit(Kind.INSTITUTION, title, url, _("mesa sectorial"), icon="people")
    people = [row for row in found if row[2] and words.match(row[2])]
    for slug, sector, name, position, place, level in people[:MOST_PEOPLE]:
        url = reverse("mesas:members", args=[slug])
        url = f"{url}?nivel=politico" if level == "political" else url
        told = {"post": position, "place": place, "sector": sector}
        detail = _("%(post)s, %(place)s · mesa de %(sector)s") % told
        yield SearchHit(Kind.INSTITUTION, name, url, detail, icon="user")


def represented(access: Access, on: date) -> Iterator[tuple[str, str, str, str, str, str]]:
    """(address, sector, person, post, institution, level) of each representative of the mesas the
    person may open; a mesa without any comes once, without person."""
    rows = openable_mesas(access, on=on).annotate(
        member=FilteredRelation(
            "accreditations", condition=Q(accreditations__ended_on__isnull=True)
        )
    )
    place = ("member__full_name", "member__position", "member__institution__acronym")
    listed = rows.values_list("sector__slug", "sector__name", *place, "member__level")
    yield from listed.order_by("sector__name", "member__full_name")


def mesa_actions(access: Access, at: datetime) -> Iterator[SearchHit]:
    """What who runs a mesa does most: convene, and see what is late; one statement, and none for
    whoever has no role in a mesa."""
    if not access.has(*SECTOR_ROLES):
        return
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
