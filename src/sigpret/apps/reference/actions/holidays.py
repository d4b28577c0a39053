"""The days nobody works, as the law of the country says; nothing is deleted."""

from collections.abc import Iterable, Mapping
from datetime import date

from sigpret.apps.reference.actions.catalogues import Loaded
from sigpret.apps.reference.models import Holiday


def load_holidays(rows: Iterable[Mapping[str, str]]) -> Loaded:
    """Add the missing days and correct those that say something else; two or three statements.

    Runs inside the transaction of whoever loads it all. Raises ValueError for what is no date.
    """
    stored = {one.date: one for one in Holiday.objects.select_for_update()}
    wanted = [
        Holiday(date=date.fromisoformat(row["date"]), name=row["name"], source=row["source"])
        for row in rows
    ]
    new = [one for one in wanted if one.date not in stored]
    changed = []
    for one in wanted:
        old = stored.get(one.date)
        if old is not None and (old.name, old.source) != (one.name, one.source):
            old.name, old.source = one.name, one.source
            changed.append(old)
    Holiday.objects.bulk_create(new)
    if changed:
        Holiday.objects.bulk_update(changed, ["name", "source"])
    return Loaded(len(new), len(changed))
