"""What a mesa agreed in its other meetings, as the page of one recalls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject

from sigpret.apps.mesas.models import Agreement, Meeting

OPEN = ~Q(state__in=(Agreement.State.FULFILLED, Agreement.State.WITHOUT_EFFECT))
#: Open agreements shown one by one.
MOST = 5


@dataclass(frozen=True, slots=True)
class OpenBefore:
    """An open agreement of another meeting; `days` after its date, negative before it."""

    meeting: int
    number: int
    text: str
    place: str
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Before:
    """The other agreements of the mesa: how many are done, on time and overdue on a day, and the
    open ones that fell due first."""

    fulfilled: int
    on_time: int
    overdue: int
    pressing: tuple[OpenBefore, ...] = ()


def agreements_before(today: date) -> Any:
    """`fulfilled`, `on_time` and `overdue` of the mesa's other meetings, as one JSON object."""
    others = others_final().order_by()
    counted = {
        "fulfilled": Q(state=Agreement.State.FULFILLED),
        "on_time": OPEN & Q(due_on__gte=today),
        "overdue": OPEN & Q(due_on__lt=today),
    }
    return JSONObject(**{name: counting(others.filter(q)) for name, q in counted.items()})


def others_final() -> Any:
    """The final agreements of the mesa that were taken in other meetings."""
    others = Agreement.objects.filter(mesa=OuterRef("mesa"), is_final=True)
    return others.exclude(meeting=OuterRef("pk"))


def pressing_before() -> Any:
    """The open ones of other meetings that fell due first, as JSON objects."""
    row = JSONObject(
        meeting="meeting__number",
        number="number",
        text="text",
        place="institution__acronym",
        due_on="due_on",
    )
    return ArraySubquery(
        others_final().filter(OPEN).order_by("due_on", "pk").values(row=row)[:MOST]
    )


def counting(rows: Any) -> Any:
    """How many rows, as a value of the outer query; null when none."""
    whole = rows.annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Subquery(whole)


def before_of(meeting: Meeting, today: date) -> Before:
    facts: Mapping[str, Any] = vars(meeting)
    counts = {name: number or 0 for name, number in facts["before"].items()}
    return Before(**counts, pressing=tuple(open_before(row, today) for row in facts["pressing"]))


def open_before(row: Mapping[str, Any], today: date) -> OpenBefore:
    due_on = date.fromisoformat(row["due_on"])
    return OpenBefore(**{**row, "due_on": due_on}, days=(today - due_on).days)
