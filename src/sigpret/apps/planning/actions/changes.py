"""What recording a plan changes in the one in force, old and new, for the chain of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sigpret.apps.planning.programming import NO_QUARTERS, ProductKey, Programming, plain_code
from sigpret.apps.planning.queries import StoredPlan
from sigpret.intake.compare import Change, Kind, Subject, Value, compare
from sigpret.intake.rows import Coded, PlanDocument

#: Differences kept one by one; of the rest the chain keeps how many they were.
MOST_CHANGES = 200
LONGEST_TEXT = 200


def changes_of(
    before: StoredPlan, document: PlanDocument, distribution: Programming, kept: frozenset[int]
) -> dict[str, Any]:
    """`{"changes": [{"what", "old", "new"}], "more_changes": n}`; empty for a first plan.

    Products whose id is in `kept` stay, so they are no difference.
    """
    if before.document is None:
        return {}
    in_force = replace(before.document, institution=document.institution)
    staying = {key for key, product_id in before.ids.items() if product_id in kept}
    found = [*_of_the_report(in_force, document, staying), *_of_the_quarters(before, distribution)]
    return {
        "changes": found[:MOST_CHANGES],
        "more_changes": max(0, len(found) - MOST_CHANGES),
    }


def _of_the_report(
    in_force: PlanDocument, document: PlanDocument, staying: set[ProductKey]
) -> Iterator[dict[str, Any]]:
    for change in compare(in_force, document).changes:
        if not _is_none(change, staying):
            place = ".".join([change.subject.name.lower(), *map(str, change.key)])
            yield {
                "what": f"{place}.{change.field}" if change.field else place,
                "old": _plain(change.before),
                "new": _plain(change.after),
            }


def _of_the_quarters(before: StoredPlan, distribution: Programming) -> Iterator[dict[str, Any]]:
    for key, quarters in before.quarters.items():
        planned = distribution.get(key)
        if planned is not None and planned != quarters:
            yield {
                "what": f"product.{key.code}.quarters",
                "old": list(quarters),
                "new": list(planned),
            }
    for key, planned in distribution.items():
        if key not in before.quarters and planned != NO_QUARTERS:
            yield {"what": f"product.{key.code}.quarters", "old": None, "new": list(planned)}


def _is_none(change: Change, staying: set[ProductKey]) -> bool:
    """A product that stays keeps what it stands under; a catalogue name is not the plan's."""
    if change.kind is Kind.REMOVED and change.subject is not Subject.RESULT:
        return any(key[: len(change.key)] == change.key for key in staying)
    before, after = change.before, change.after
    if isinstance(before, Coded) and isinstance(after, Coded):
        return plain_code(before.code) == plain_code(after.code)
    return False


def _plain(value: Value) -> Any:
    if isinstance(value, Coded):
        return f"{value.code} - {value.name}"[:LONGEST_TEXT]
    return value[:LONGEST_TEXT] if isinstance(value, str) else value
