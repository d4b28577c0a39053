"""The chain of a promise as it was published: from its products to what it promises.

Only snapshots are read. What closed before closings kept the chain has its links from the parts
of each contributed achievement, and no products. What an institutional goal achieved is not
published, because the grades of institutions are made of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.payloads import done_to_date
from sigpret.apps.portal.queries.promise import Promise, promise_page
from sigpret.apps.portal.queries.summary import indicator_of, number

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedLink:
    """A goal or product (its code) serves a goal; `share` 0-100, None without weights."""

    child: str
    parent: str
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """A goal or a product of the chain. Its figures are None when they are not published."""

    code: str
    text: str
    level: str
    answers: str
    unit: str
    planned: Decimal | None
    executed: Decimal | None
    achievement: Decimal | None
    status: str | None


@dataclass(frozen=True, slots=True)
class PromiseChain:
    """`has_products` False: the closing did not keep which products were linked."""

    promise: Promise
    goals: tuple[PublishedPart, ...]
    products: tuple[PublishedPart, ...]
    links: tuple[PublishedLink, ...]
    has_products: bool


def promise_chain(slug: str, at: datetime) -> PromiseChain | None:
    """The chain of a published promise, or None; six statements however long it is."""
    promise = promise_page(slug, at)
    if promise is None:
        return None
    top = goals_by_code(promise, [promise.code])
    sectoral = goals_by_code(promise, children(top.values()))
    own = goals_by_code(promise, children(sectoral.values()))
    goals = top | sectoral | own
    products = snapshots(promise, Snapshot.Kind.PRODUCT, product_codes(goals.values()))
    return PromiseChain(
        promise=promise,
        goals=tuple(goal_part(payload) for payload in goals.values()),
        products=tuple(product_part(payload) for payload in products.values()),
        links=tuple(links_among(goals, products)),
        has_products=any("chain" in payload for payload in goals.values()),
    )


def goals_by_code(promise: Promise, codes: Iterable[str]) -> dict[str, Payload]:
    return snapshots(promise, Snapshot.Kind.GOAL, codes)


def snapshots(promise: Promise, kind: str, codes: Iterable[str]) -> dict[str, Payload]:
    """What the promise's own publication kept of some goals or products, by code."""
    rows = Snapshot.objects.filter(
        round_id=promise.publication.round_id,
        edition=promise.publication.edition,
        kind=kind,
        code__in=list(codes),
    )
    return dict(rows.order_by("code").values_list("code", "payload"))


def served_by(payload: Payload) -> list[tuple[str, Decimal | None]]:
    """Who served a goal, with each one's share."""
    if "chain" in payload:
        return [(link["code"], number(link["share"])) for link in payload["chain"]["served_by"]]
    explanation = payload["contributed"].get("explanation") or {}
    return [(part["subject"], None) for part in explanation.get("parts", ())]


def children(payloads: Iterable[Payload]) -> set[str]:
    return {code for payload in payloads for code, _share in served_by(payload)}


def product_codes(payloads: Iterable[Payload]) -> set[str]:
    return {code for payload in payloads for code in payload.get("chain", {}).get("products", ())}


def links_among(
    goals: Mapping[str, Payload], products: Mapping[str, Payload]
) -> Iterable[PublishedLink]:
    for code, payload in goals.items():
        for child, share in served_by(payload):
            if child in goals:
                yield PublishedLink(child, code, share)
        for product in payload.get("chain", {}).get("products", ()):
            if product in products:
                yield PublishedLink(product, code, None)


def goal_part(payload: Payload) -> PublishedPart:
    institution = payload.get("institution") or {}
    if payload["level"] == "institutional":
        return PublishedPart(
            payload["code"], payload["text"], payload["level"], institution.get("name", ""),
            "", None, None, None, None,
        )  # fmt: skip
    responsible = payload.get("responsible") or {}
    answers = responsible.get("name", "") or payload["sector"]["name"]
    return figures(payload, payload["text"], payload["level"], answers)


def product_part(payload: Payload) -> PublishedPart:
    named = {"indicator": {"unit": payload["unit"]}} | dict(payload)
    return figures(named, payload["name"], "products", payload["institution"]["name"])


def figures(payload: Payload, text: str, level: str, answers: str) -> PublishedPart:
    own = payload["own"]
    return PublishedPart(
        code=payload["code"],
        text=text,
        level=level,
        answers=answers,
        unit=indicator_of(payload).get("unit", ""),
        planned=number(payload.get("planned_to_date")),
        executed=done_to_date(number(payload.get("executed_to_date")), own["status"]),
        achievement=number(own["value"]),
        status=own["status"],
    )
