"""The list of strategic plans as drawn, and the menu of an institution's periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from sigpret.apps.planning.queries.strategic import APPROVED, StrategicOverview
from sigpret.apps.planning.strategic_page import STATES
from sigpret.intake.spelling import fold
from sigpret.web.components import Choice, Text, Tone


@dataclass(frozen=True, slots=True)
class StrategicRow:
    """An institution with its plan's state in words; without plan, `label` is empty."""

    plan: StrategicOverview
    label: Text = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = "minus"


@dataclass(frozen=True, slots=True)
class StrategicRows:
    """The institutions that match a search; the counts are of the whole country."""

    rows: tuple[StrategicRow, ...]
    approved: int
    total: int
    search: str


def strategic_rows(plans: Iterable[StrategicOverview], search: str) -> StrategicRows:
    """The country, searched by code, name or acronym."""
    everything = tuple(plans)
    return StrategicRows(
        rows=tuple(_row(plan) for plan in everything if _matches(plan, search)),
        approved=sum(plan.state == APPROVED for plan in everything),
        total=len(everything),
        search=search,
    )


def _row(plan: StrategicOverview) -> StrategicRow:
    return StrategicRow(plan, *STATES[plan.state]) if plan.state else StrategicRow(plan)


def _matches(plan: StrategicOverview, search: str) -> bool:
    place = plan.institution
    text = fold(f"{place.code} {place.name} {place.acronym}")
    return all(word in text for word in fold(search).split())


def periods_menu(code: str, periods: Iterable[tuple[int, int]], first: int) -> tuple[Choice, ...]:
    """The plans of an institution, the latest first."""
    return tuple(
        Choice(
            f"{begins}–{ends}",
            reverse("planning:strategic_plan", args=[code, begins]),
            begins == first,
        )
        for begins, ends in periods
    )
