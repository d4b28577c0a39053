"""One promise, from the first published quarter to the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sigpret.apps.evidence.queries import reserved_today
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.payloads import done_to_date
from sigpret.apps.portal.queries.publication import Publication, publications_by_round
from sigpret.apps.portal.queries.summary import PromiseCard, _card, indicator_of, number
from sigpret.intake.files.kinds import KINDS


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A quarter of the promise: planned and executed in it and up to it; None is no figure."""

    period: str
    planned: Decimal | None
    executed: Decimal | None
    planned_to_date: Decimal | None
    executed_to_date: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class PromiseChange:
    """Something that changed between two published quarters: a status or the annual target."""

    period: str
    closed_at: datetime
    before: str
    after: str
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that proved the published figure. Reserved: only `legal_ground` is known of it."""

    name: str = ""
    sha256: str = ""
    media_type: str = ""
    size: int = 0
    pages: int | None = None
    legal_ground: str = ""

    @property
    def kind(self) -> str:
        known = KINDS.get(self.media_type)
        return known.label if known else self.media_type


@dataclass(frozen=True, slots=True)
class Promise:
    """Everything the page of a promise says. Percentages are 0-100, raw.

    `programme` is what was programmed up to each quarter of the year, future ones included.
    """

    card: PromiseCard
    publication: Publication
    code: str
    sense: str
    series: tuple[SeriesPoint, ...]
    programme: tuple[tuple[str, Decimal | None], ...]
    explanation: Mapping[str, Any]
    contributed: Decimal | None
    contributed_status: str
    is_inconsistent: bool
    responsible_unit: str
    source: str
    means_of_verification: str
    cause: str
    cause_category: str
    review: str
    reported_on: str | None
    validated_on: str | None
    changes: tuple[PromiseChange, ...]
    evidence: tuple[PublishedFile, ...] = ()

    @property
    def last_figure(self) -> SeriesPoint | None:
        """The last quarter of the series that has a figure."""
        known = (point for point in reversed(self.series) if point.executed_to_date is not None)
        return next(known, None)


def promise_page(slug: str, at: datetime) -> Promise | None:
    """The promise as published in the last quarter it stands in, or None; three queries."""
    published = publications_by_round(at)
    found = Snapshot.objects.filter(
        kind=Snapshot.Kind.GOAL, level="presidential", slug=slug, round_id__in=list(published)
    )
    rows = [
        row
        for row in found.order_by("round__period")
        if row.edition == published[row.round_id].edition
    ]
    if not rows:
        return None
    last, payload = published[rows[-1].round_id], rows[-1].payload
    previous = rows[-2].payload["own"]["status"] if len(rows) > 1 else None
    indicator = indicator_of(payload)
    cause, review = payload.get("cause") or {}, payload.get("review") or {}
    return Promise(
        card=_card(payload, previous),
        publication=last,
        code=payload["code"],
        sense=indicator.get("sense", ""),
        series=tuple(_point(point) for point in payload.get("series") or ()),
        programme=tuple(
            (point["period"], number(point["planned_to_date"]))
            for point in payload.get("programme") or ()
        ),
        explanation=payload["own"].get("explanation") or {},
        contributed=number(payload["contributed"]["value"]),
        contributed_status=payload["contributed"]["status"],
        is_inconsistent=payload["is_inconsistent"],
        responsible_unit=payload.get("responsible_unit", ""),
        source=indicator.get("source", ""),
        means_of_verification=indicator.get("means_of_verification", ""),
        cause=cause.get("text", ""),
        cause_category=cause.get("category", ""),
        review=review.get("text", ""),
        reported_on=payload.get("reported_on"),
        validated_on=payload.get("validated_on"),
        changes=_changes([(published[row.round_id], row.payload) for row in rows]),
        evidence=public_files(payload.get("evidence") or ()),
    )


def public_files(kept: Sequence[Mapping[str, Any]]) -> tuple[PublishedFile, ...]:
    """What a closing kept of each file; of those reserved since then, only the ground."""
    reserved = reserved_today([file["sha256"] for file in kept if file.get("sha256")])
    return tuple(
        PublishedFile(legal_ground=reserved[file["sha256"]])
        if file.get("sha256") in reserved
        else PublishedFile(**file)
        for file in kept
    )


def _point(point: Mapping[str, Any]) -> SeriesPoint:
    return SeriesPoint(
        period=point["period"],
        planned=number(point["planned"]),
        executed=number(point["executed"]),
        planned_to_date=number(point["planned_to_date"]),
        executed_to_date=done_to_date(number(point["executed_to_date"]), point["status"]),
        status=point["status"],
    )


def _changes(rows: Sequence[tuple[Publication, Mapping[str, Any]]]) -> tuple[PromiseChange, ...]:
    """What changed from one publication to the next, newest first.

    A new year brings a new annual target; only a change within the year is a re-programming.
    """
    found: list[PromiseChange] = []
    for (older, before), (newer, after) in pairwise(rows):
        moment, period = newer.closed_at, newer.period
        same_year = period[:4] == older.period[:4]
        if before["own"]["status"] != after["own"]["status"]:
            statuses = (before["own"]["status"], after["own"]["status"])
            found.append(PromiseChange(period, moment, *statuses))
        old, new = before.get("annual_target"), after.get("annual_target")
        if same_year and old and new and old != new:
            found.append(PromiseChange(period, moment, old, new, is_target=True))
    return tuple(reversed(found))
