"""What the apps above know of many plans at once, for the rules of coherence.

Unlike `beside`, nothing here depends on who reads: whether a plan may be sent is the same for
everybody. `config/wiring.py` registers who knows; with nobody registered, nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """Of one plan, in lempiras. None: nobody set it or stated it.

    `budgeted` are the ids of the products that receive money; None when the institution has no
    budget of that year yet, and then no product can be missing from it.
    """

    ceiling: Decimal | None = None
    cost: Decimal | None = None
    budgeted: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class PlanLinks:
    """Ids of the products that serve a goal, and of the plan objectives a goal measures."""

    products: frozenset[int] = frozenset()
    objectives: frozenset[int] = frozenset()


#: Of each plan by id; a plan a provider knows nothing of is left out.
MoneyProvider = Callable[[Collection[int]], Mapping[int, PlanMoney]]
LinksProvider = Callable[[Collection[int]], PlanLinks]

_MONEY: list[MoneyProvider] = []
_LINKS: list[LinksProvider] = []


def register_plan_money(provider: MoneyProvider) -> None:
    """Who knows ceilings, costs and which products receive money."""
    _MONEY[:] = [provider]


def register_plan_links(provider: LinksProvider) -> None:
    """Who knows which products and objectives a goal looks at."""
    _LINKS[:] = [provider]


def money_around(plan_ids: Collection[int]) -> Mapping[int, PlanMoney]:
    """What is known of the money of each plan; a few statements, however many plans."""
    return _MONEY[0](plan_ids) if _MONEY else {}


def links_around(plan_ids: Collection[int]) -> PlanLinks | None:
    """What goals look at in those plans; None when nobody knows."""
    return _LINKS[0](plan_ids) if _LINKS else None
