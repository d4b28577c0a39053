"""What can be done from the physical-financial page: take it to the mesa, review the goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.money_page import Row, Side, money_of
from sigpret.apps.evaluation.queries.affected_goals import AffectedGoal, affected_goals
from sigpret.methodology.periods import Period
from sigpret.web.components import Choice
from sigpret.web.dates import period_words
from sigpret.web.formats import format_money_short, format_percent
from sigpret.web.matters import Door, Matter, doors_for

Told = tuple[Row, str]
#: A cause is read by people: no more lines than a screen holds.
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Steps:
    """`doors` to the mesas where this person may write it, `mesas` those they only read;
    `goals` that look at what was done before it was paid."""

    doors: tuple[Door, ...] = ()
    mesas: tuple[Door, ...] = ()
    goals: tuple[Choice, ...] = ()


def steps_from(
    sides: Sequence[Side], institution: Any, period: Period, request: HttpRequest
) -> Steps:
    """A statement for the goals and those of the mesas; none without alerts. `sides`: money
    ahead, then progress ahead."""
    paid, done = (side.rows for side in sides)
    if not paid and not done:
        return Steps()
    goals = affected_goals([row.product_id for row, _said in (*paid, *done)])
    matter = matter_of(paid, institution, period, goals_of(paid, goals))
    doors = doors_for(matter, request.access, request.as_of) if paid else ()  # type: ignore[attr-defined]
    return Steps(
        doors=tuple(door for door in doors if door.is_open),
        mesas=tuple(door for door in doors if not door.is_open),
        goals=tuple(choice_of(goal) for goal in goals_of(done, goals)),
    )


def goals_of(told: Iterable[Told], goals: Iterable[AffectedGoal]) -> list[AffectedGoal]:
    """The goals that look at any of these products."""
    products = {row.product_id for row, _said in told}
    return [goal for goal in goals if goal.products & products]


def choice_of(goal: AffectedGoal) -> Choice:
    return Choice(f"{goal.code} · {goal.text}", reverse("evaluation:goal", args=[goal.code]))


def matter_of(
    told: Sequence[Told], institution: Any, period: Period, goals: Iterable[AffectedGoal]
) -> Matter:
    """What the mesa would read: how much money, of which products, at which quarter."""
    title = _("%(institution)s: %(money)s se pagan más rápido de lo que se logra, %(period)s") % {
        "institution": institution.name,
        "money": format_money_short(money_of(row for row, _said in told)),
        "period": period_words(period),
    }
    return Matter(
        institution.id,
        title,
        "\n".join(starmap(line_of, told[:MOST_LINES])),
        tuple(goal.id for goal in goals),
    )


def line_of(row: Row, said: str) -> str:
    """The two sides of a product and what is said of it."""
    return _("%(code)s %(name)s: financiero %(financial)s, físico %(physical)s. %(said)s") % {
        "said": said,
        "code": row.code,
        "name": row.name,
        "financial": format_percent(row.comparison.financial, 0),
        "physical": format_percent(row.comparison.physical, 0),
    }
