"""One product with what its row of the table does not show, and its history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.planning.models import Product
from sigpret.apps.planning.product_text import ProductText, text_of
from sigpret.apps.planning.writes import PRODUCT_WRITES


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What a person wrote of a product; empty texts are not said by the plan."""

    responsible_unit: str
    kind: str
    accumulation: str
    means_of_verification: str


@dataclass(frozen=True, slots=True)
class ProductAct:
    """A write of a product: `field` is a quantity or a text; None is "not programmed"."""

    who: str
    at: datetime
    action: str
    moves: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class PastYear:
    """What the product said in another year's plan, by its place in it."""

    fiscal_year: int
    name: str
    annual_output: Decimal | None


def product_facts(product_id: int) -> ProductFacts:
    """One statement."""
    row = Product.objects.select_related("operational_objective").get(pk=product_id)
    return ProductFacts(
        responsible_unit=row.responsible_unit,
        kind=str(row.get_kind_display()),
        accumulation=str(row.get_accumulation_display()),
        means_of_verification=row.means_of_verification,
    )


def product_history(plan_id: int, product_id: int) -> tuple[ProductAct, ...]:
    """What was written of a product in its plan, newest first; one statement."""
    events = events_of_product(plan_id, product_id).order_by("-id")
    return tuple(_act(event, product_id) for event in events[:100])


def events_of_product(plan_id: int, product_id: int) -> QuerySet[AuditEvent]:
    """The writes of its plan that name a product; never what was observed of it."""
    named = Q(payload__contains=f'"product":{product_id},')
    last = Q(payload__contains=f'"product":{product_id}}}')
    return AuditEvent.objects.filter(
        named | last,
        subject_type="annual_plan",
        subject_id=str(plan_id),
        action__in=PRODUCT_WRITES,
    )


def _act(event: AuditEvent, product_id: int) -> ProductAct:
    """The moment is the one the person acted, which the event carries."""
    payload = json.loads(event.payload)
    at = datetime.fromisoformat(payload["at"]) if "at" in payload else event.at
    moves = tuple(_moves(payload, product_id))
    return ProductAct(event.actor_name, at, event.action, moves)


def _moves(
    payload: dict[str, object], product_id: int
) -> Iterator[tuple[str, str | None, str | None]]:
    changes = payload.get("changes")
    for change in changes if isinstance(changes, list) else ():
        if change["product"] == product_id:
            yield change["field"], change["old"], change["new"]
    described = payload.get("changed")
    if isinstance(described, dict):
        for name, (old, new) in described.items():
            yield name, old, new


def past_years(product_id: int) -> tuple[PastYear, ...]:
    """The same place of the institution's other plans, newest first; one statement."""
    product = Product.objects.select_related("operational_objective__objective__plan").get(
        pk=product_id
    )
    group = product.operational_objective
    plan = group.objective.plan
    rows = Product.objects.filter(
        number=product.number,
        operational_objective__number=group.number,
        operational_objective__objective__number=group.objective.number,
        operational_objective__objective__plan__institution=plan.institution_id,
    ).exclude(pk=product_id)
    year = "operational_objective__objective__plan__fiscal_year"
    found = rows.order_by(f"-{year}").values_list(year, "name", "annual_output")
    return tuple(PastYear(*row) for row in found)


def product_text(plan_id: int, product_id: int) -> tuple[ProductText, int] | None:
    """What a person wrote of a product of the plan, and its version; one statement."""
    product = Product.objects.filter(
        pk=product_id, operational_objective__objective__plan=plan_id
    ).first()
    return None if product is None else (text_of(product), product.version)
