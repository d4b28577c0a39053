"""A matter of another screen, as the bottleneck of a mesa somebody is about to write."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sigpret.apps.institutions.models import Sector
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.queries.mesas import readable_mesas
from sigpret.apps.mesas.queries.standing import standing_in
from sigpret.web.http import whole_number
from sigpret.web.matters import Door, Matter

LONGEST_TITLE, LONGEST_CAUSE = 300, 1500
DIGITS = 9


def mesa_doors(matter: Matter, access: Access, on: date) -> tuple[Door, ...]:
    """The mesas of the institution's sectors this person opens; three statements for each, and
    two. Whoever writes in one finds the bottleneck begun; the rest, the mesa."""
    mine = Sector.objects.filter(institutions=matter.institution_id)
    sectors = frozenset(mine.values_list("pk", flat=True))
    doors = []
    for mesa in readable_mesas(access, on=on):
        if mesa.sector_id in sectors:
            writes = standing_in(mesa, access, on=on).writes
            slug = mesa.sector.slug
            url = begun_at(slug, matter) if writes else reverse("mesas:summary", args=[slug])
            doors.append(Door(mesa.sector.name, url, is_open=writes))
    return tuple(doors)


def begun_at(slug: str, matter: Matter) -> str:
    """The address of a new bottleneck that already says this."""
    said = {
        "titulo": matter.title[:LONGEST_TITLE],
        "porque": matter.cause[:LONGEST_CAUSE],
        "encargada": matter.institution_id,
        "meta": list(matter.goal_ids),
    }
    return f"{reverse('mesas:bottlenecks', args=[slug])}?{urlencode(said, doseq=True)}#nuevo"


def as_brought(asked: QueryDict) -> dict[str, Any] | None:
    """What such an address says, for the form; None when it says nothing. Whatever it holds, the
    person reads it before sending and the form judges it."""
    title = asked.get("titulo", "").strip()
    if not title:
        return None
    return {
        "title": title[:LONGEST_TITLE],
        "cause": asked.get("porque", "")[:LONGEST_CAUSE],
        "severity": "high",
        "owner": next(iter(numbers(asked.getlist("encargada"))), None),
        "goals": numbers(asked.getlist("meta")),
    }


def numbers(typed: list[str]) -> list[int]:
    return [number for one in typed if (number := whole_number(one, digits=DIGITS)) is not None]
