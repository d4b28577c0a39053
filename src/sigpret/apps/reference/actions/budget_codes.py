"""The codes a budget is written with: what money is spent on, whose it is and who gives it."""

from collections.abc import Sequence
from typing import cast

from django.db import transaction

from sigpret.apps.reference.actions.catalogues import FileRows, Loaded, bring_up_to_date
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource

FACTS = ("name", "source")


@transaction.atomic
def load_budget_codes(
    *, expense_objects: FileRows, funding_sources: FileRows, financing_bodies: FileRows
) -> Loaded:
    """Make the three classifiers say what the files say; nothing is deleted.

    `parent` of an object of expense is the code it stands under, blank for a group.
    Raises KeyError when a parent is in no row.
    """
    objects = tuple(expense_objects)
    count = (
        bring_up_to_date([FundingSource(**row) for row in funding_sources], FACTS)
        + bring_up_to_date([FinancingBody(**row) for row in financing_bodies], FACTS)
        + bring_up_to_date(
            [
                ExpenseObject(code=row["code"], name=row["name"], source=row["source"])
                for row in objects
            ],
            FACTS,
        )
    )
    hang(cast(Sequence[dict[str, str]], objects))
    return count


def hang(rows: Sequence[dict[str, str]]) -> None:
    """Put every object under its own, once all exist."""
    stored = {one.code: one for one in ExpenseObject.objects.select_for_update()}
    moved = []
    for row in rows:
        one, parent = stored[row["code"]], stored[row["parent"]].pk if row["parent"] else None
        if one.parent_id != parent:
            one.parent_id = parent
            moved.append(one)
    if moved:
        ExpenseObject.objects.bulk_update(moved, ["parent"])
