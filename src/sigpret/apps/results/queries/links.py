"""Reads of the results matrix."""

from collections.abc import Iterable
from decimal import Decimal

from sigpret.apps.results.models import Alignment
from sigpret.methodology.rollup import Link, RollupRule


def alignment_links() -> list[Link]:
    """Every alignment of the country as links between goal codes; one statement."""
    rows = Alignment.objects.order_by().values_list(
        "child__code", "parent__code", "weight", "rollup_rule"
    )
    return links_of(rows)


def links_of(rows: Iterable[tuple[str, str, Decimal, str]]) -> list[Link]:
    """Links out of (child, parent, weight, rule) rows."""
    rules = {str(rule): rule for rule in RollupRule}
    return [Link(child, parent, weight, rules[rule]) for child, parent, weight, rule in rows]
