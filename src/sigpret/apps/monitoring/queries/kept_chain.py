"""What a closing keeps of the chain: who served each goal, and with which products."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import F

from sigpret.apps.monitoring.queries.payloads import Payload, text_of
from sigpret.apps.results.models import Alignment, Goal

#: A goal that nobody served and that had no products.
ALONE: Payload = {"served_by": [], "products": []}


def kept_chains(year: int) -> dict[int, Payload]:
    """The links of every goal by its id, with a year's products by code; two statements.

    `share` is the child's part (0-100) where the rule takes weights; null where it does not.
    """
    chains: dict[int, Payload] = defaultdict(lambda: {"served_by": [], "products": []})
    links: Any = Alignment.objects.order_by("parent_id", "child__code").values_list(
        "parent_id", "child__code", "weight", "rollup_rule"
    )
    rows = list(links)
    totals: dict[int, Decimal] = defaultdict(Decimal)
    for parent, _code, weight, _rule in rows:
        totals[parent] += weight
    for parent, code, weight, rule in rows:
        share = 100 * weight / totals[parent] if rule == "weighted" else None
        chains[parent]["served_by"].append({"code": code, "share": text_of(share)})
    for goal, code in linked_codes(year):
        chains[goal]["products"].append(code)
    return chains


def linked_codes(year: int) -> list[tuple[int, str]]:
    """Each goal with the code of a product it relies on, as the product's own snapshot has it."""
    plan = "product__operational_objective__objective__plan"
    rows: Any = (
        Goal.products.through.objects.filter(**{f"{plan}__fiscal_year": year})
        .order_by("goal_id", "product_id")
        .values_list(
            "goal_id",
            F(f"{plan}__institution__code"),
            F("product__operational_objective__objective__number"),
            F("product__number"),
        )
    )
    return [(goal, f"{code}.{year}.{objective}.{number}") for goal, code, objective, number in rows]
