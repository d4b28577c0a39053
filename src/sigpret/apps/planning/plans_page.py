"""The list of plans as drawn: counted, filtered and found without accents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.planning.queries import PlanOverview
from sigpret.intake.spelling import fold
from sigpret.web.components import Chip, Choice

ALL, LOADED, WITHOUT = "todas", "cargados", "sin-cargar"


@dataclass(frozen=True)
class PlansPage:
    """The plans of a year; `rows` are those of the chosen view."""

    year: int
    rows: tuple[PlanOverview, ...]
    loaded: int
    total: int
    chips: tuple[Chip, ...]
    years: tuple[Choice, ...]
    view: str
    search: str

    @property
    def waiting(self) -> int:
        return self.total - self.loaded


def plans_page(
    plans: Iterable[PlanOverview], year: int, *, years: Iterable[int], view: str, search: str
) -> PlansPage:
    """One view of the list, searched by code, name or acronym."""
    everything = tuple(plans)
    loaded = sum(plan.is_loaded for plan in everything)
    chosen = view if view in {LOADED, WITHOUT} else ALL
    counts = {ALL: len(everything), LOADED: loaded, WITHOUT: len(everything) - loaded}
    labels = {ALL: _("Todas"), LOADED: _("Cargado"), WITHOUT: _("Sin cargar")}
    return PlansPage(
        year=year,
        rows=tuple(plan for plan in everything if _is_in(plan, chosen) and _matches(plan, search)),
        loaded=loaded,
        total=len(everything),
        chips=tuple(
            Chip(labels[name], f"?{urlencode({'ver': name})}", counts[name], is_on=name == chosen)
            for name in labels
        ),
        years=tuple(
            Choice(str(other), reverse("planning:plans", args=[other]), other == year)
            for other in sorted(years, reverse=True)
        ),
        view=chosen,
        search=search,
    )


def _is_in(plan: PlanOverview, view: str) -> bool:
    return view == ALL or plan.is_loaded == (view == LOADED)


def _matches(plan: PlanOverview, search: str) -> bool:
    institution = plan.institution
    text = fold(f"{institution.code} {institution.name} {institution.acronym}")
    return all(word in text for word in fold(search).split())
