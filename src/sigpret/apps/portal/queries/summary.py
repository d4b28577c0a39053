"""The list of promises and the one-sentence state of all of them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.payloads import done_to_date
from sigpret.apps.portal.queries.publication import Publication, latest_publication


@dataclass(frozen=True, slots=True)
class PromiseCard:
    """One promise in a list. `achievement` is percent to date (0-100), raw, or None.

    `previous_status` is the one of the quarter before, None when it did not exist; `executed`
    is None when the quarter was due and not reported, whatever earlier ones had accumulated.
    A promise that is not measured yet has no indicator, nor anybody who answers for it.
    """

    slug: str
    text: str
    sector: str
    sector_slug: str
    institution: str
    unit: str
    status: str
    previous_status: str | None
    achievement: Decimal | None
    executed: Decimal | None
    planned: Decimal | None
    annual_target: Decimal | None
    is_measured: bool = True

    @property
    def has_changed(self) -> bool:
        return self.previous_status is not None and self.previous_status != self.status


@dataclass(frozen=True, slots=True)
class PromiseFilters:
    """What the visitor asked to see; empty means everything."""

    words: str = ""
    status: str = ""
    sector: str = ""
    only_changed: bool = False

    def accept(self, card: PromiseCard) -> bool:
        return (
            (not self.status or card.status == self.status)
            and (not self.sector or card.sector_slug == self.sector)
            and (not self.only_changed or card.has_changed)
            and plain(self.words) in plain(f"{card.text} {card.sector} {card.institution}")
        )


@dataclass(frozen=True, slots=True)
class PortalSummary:
    """How promises go this quarter and went the one before: counts by status."""

    publication: Publication
    counts: Mapping[str, int]
    previous_period: str | None
    previous_counts: Mapping[str, int]
    changed: tuple[PromiseCard, ...]
    sectors: tuple[tuple[str, str], ...] = field(default=())

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def promise_cards(publication: Publication, at: datetime) -> tuple[PromiseCard, ...]:
    """Every promise of a published quarter, in the order of their codes; three queries."""
    before = latest_publication(at, before=publication.period)
    previous = (
        dict(_presidential(before).values_list("subject_id", "payload__own__status"))
        if (before)
        else {}
    )
    rows = _presidential(publication).order_by("code").values_list("subject_id", "payload")
    return tuple(_card(payload, previous.get(subject)) for subject, payload in rows)


def portal_summary(
    publication: Publication, cards: Iterable[PromiseCard], at: datetime
) -> PortalSummary:
    """The state of all promises, from the cards of that publication."""
    listed = tuple(cards)
    before = latest_publication(at, before=publication.period)
    past = Counter(card.previous_status for card in listed if card.previous_status)
    return PortalSummary(
        publication=publication,
        counts=Counter(card.status for card in listed),
        previous_period=before.period if before else None,
        previous_counts={status: count for status, count in past.items() if status},
        changed=tuple(card for card in listed if card.has_changed),
        sectors=tuple(sorted({(card.sector, card.sector_slug) for card in listed})),
    )


def plain(text: str) -> str:
    """Lower case without accents, so that «educacion» finds «Educación»."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def number(value: str | None) -> Decimal | None:
    """A decimal string of a snapshot; None stays None."""
    return None if value is None else Decimal(value)


def indicator_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """How the promise is measured; empty while it has no indicator."""
    return payload.get("indicator") or {}


def _presidential(publication: Publication) -> Any:
    return Snapshot.objects.filter(
        round_id=publication.round_id,
        edition=publication.edition,
        kind=Snapshot.Kind.GOAL,
        level="presidential",
    )


def _card(payload: Mapping[str, Any], previous_status: str | None) -> PromiseCard:
    own = payload["own"]
    return PromiseCard(
        slug=payload["slug"],
        text=payload["text"],
        sector=payload["sector"]["name"],
        sector_slug=payload["sector"]["slug"],
        institution=(payload.get("responsible") or {}).get("name", ""),
        unit=indicator_of(payload).get("unit", ""),
        status=own["status"],
        previous_status=previous_status,
        achievement=number(own["value"]),
        executed=done_to_date(number(payload.get("executed_to_date")), own["status"]),
        planned=number(payload.get("planned_to_date")),
        annual_target=number(payload.get("annual_target")),
        is_measured=bool(indicator_of(payload)),
    )
