"""The list of plans as drawn: counted by step, filtered and found without accents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sigpret.apps.planning.models import PlanState
from sigpret.apps.planning.queries import PlanOverview
from sigpret.intake.spelling import fold
from sigpret.web.components import Chip, Choice

ALL, LOADED, WITHOUT = "todas", "cargados", "sin-cargar"
#: How each step is written in the address.
VIEWS = {
    "borrador": PlanState.DRAFT,
    "devueltos": PlanState.RETURNED,
    "enviados": PlanState.SUBMITTED,
    "aprobados": PlanState.APPROVED,
    "aceptados": PlanState.ACCEPTED,
    "bloqueados": PlanState.LOCKED,
}
#: A plan moves through these; a returned one is back at the first.
PATH = (
    PlanState.DRAFT,
    PlanState.SUBMITTED,
    PlanState.APPROVED,
    PlanState.ACCEPTED,
    PlanState.LOCKED,
)


@dataclass(frozen=True)
class PlanLine:
    """A row of the list: `marks` are its steps, each done, now or next."""

    plan: PlanOverview
    marks: tuple[str, ...]


@dataclass(frozen=True)
class PlansPage:
    """The plans of a year; `rows` are those of the chosen view."""

    year: int
    rows: tuple[PlanOverview, ...]
    loaded: int
    sent: int
    total: int
    chips: tuple[Chip, ...]
    years: tuple[Choice, ...]
    view: str
    search: str

    @property
    def waiting(self) -> int:
        return self.total - self.loaded

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        return tuple(PlanLine(row, marks_of(row)) for row in self.rows)

    @property
    def can_be_reminded(self) -> bool:
        return any(row.is_owing for row in self.rows)


def plans_page(
    plans: Iterable[PlanOverview], year: int, *, years: Iterable[int], view: str, search: str
) -> PlansPage:
    """One view of the list, searched by code, name or acronym."""
    everything = tuple(plans)
    chosen = view if view in {LOADED, WITHOUT, *VIEWS} else ALL
    return PlansPage(
        year=year,
        rows=tuple(plan for plan in everything if _is_in(plan, chosen) and _matches(plan, search)),
        loaded=sum(plan.is_loaded for plan in everything),
        sent=sum(plan.is_loaded and plan.state in PATH[1:] for plan in everything),
        total=len(everything),
        chips=_chips(everything, chosen),
        years=tuple(
            Choice(str(other), reverse("planning:plans", args=[other]), other == year)
            for other in sorted(years, reverse=True)
        ),
        view=chosen,
        search=search,
    )


def _chips(everything: tuple[PlanOverview, ...], chosen: str) -> tuple[Chip, ...]:
    """Every view with how many it shows; a step without plans has no chip."""
    states = Counter(plan.state for plan in everything)
    views: list[tuple[str, Any, int]] = [
        (ALL, _("Todas"), len(everything)),
        (WITHOUT, _("Sin cargar"), states[None]),
    ]
    words = [(name, capfirst(state.label), states[state]) for name, state in VIEWS.items()]
    return tuple(
        Chip(label, f"?{urlencode({'ver': name})}", count, is_on=name == chosen)
        for name, label, count in [*views, *words]
        if count or name in {ALL, WITHOUT, chosen}
    )


def marks_of(plan: PlanOverview) -> tuple[str, ...]:
    """Each step of the path: done, now or next."""
    if plan.state is None:
        return ("next",) * len(PATH)
    here = 0 if plan.state == PlanState.RETURNED else PATH.index(PlanState(plan.state))
    return tuple("done" if at < here else "now" if at == here else "next" for at in range(5))


def _is_in(plan: PlanOverview, view: str) -> bool:
    if view in VIEWS:
        return plan.state == VIEWS[view]
    return view == ALL or plan.is_loaded == (view == LOADED)


def _matches(plan: PlanOverview, search: str) -> bool:
    institution = plan.institution
    text = fold(f"{institution.code} {institution.name} {institution.acronym}")
    return all(word in text for word in fold(search).split())
