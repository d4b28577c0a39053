"""What the budget of an institution says above its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.budget.queries.ceilings import Ceilings
from sigpret.apps.budget.queries.network import Network
from sigpret.apps.budget.queries.product_money import MoneyOfProduct
from sigpret.methodology.costs import ProductAsk, cost_of_plan
from sigpret.methodology.execution import Budget
from sigpret.methodology.scenarios import Verdict
from sigpret.web.formats import format_money_short, format_percent


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """The money of the year. `asked` is what is set against the ceiling: the approved lines, and
    what the products that are in none of them cost; None: nobody said."""

    budget: Budget
    ceilings: Ceilings
    asked: Decimal | None
    is_keyed: bool
    without_cost: int
    unplaced: int

    @property
    def verdict(self) -> Verdict | None:
        if self.asked is None:
            return None
        return Verdict(self.asked, self.ceilings.total, self.without_cost)

    @property
    def heading(self) -> str:
        """The answer: how much, of how much, and whether it fits."""
        if self.asked is None:
            return _("Aún no hay montos que comparar con el techo")
        seen = self.verdict
        asked = format_money_short(self.asked)
        if seen is None or seen.room is None:
            return _("%(asked)s y ningún techo fijado todavía") % {"asked": asked}
        words = {"asked": asked, "ceiling": format_money_short(seen.ceiling)}
        if seen.is_within:
            return _("%(asked)s de %(ceiling)s de techo") % words
        over = format_money_short(-seen.room)
        return _("%(asked)s: se pasa del techo por %(over)s") % {**words, "over": over}

    @property
    def facts(self) -> tuple[str, ...]:
        """Short sentences under the heading."""
        said = []
        if self.is_keyed:
            percent = format_percent(self.budget.executed_percent)
            said.append(_("devengado: %(percent)s de lo vigente") % {"percent": percent})
        else:
            said.append(_("según el costo de los productos: aún no hay líneas de presupuesto"))
        if self.unplaced:
            said.append(
                ngettext(
                    "%(n)s producto sin categoría", "%(n)s productos sin categoría", self.unplaced
                )
                % {"n": self.unplaced}
            )
        if self.without_cost and not self.is_keyed:
            said.append(
                ngettext("%(n)s producto sin costo", "%(n)s productos sin costo", self.without_cost)
                % {"n": self.without_cost}
            )
        return tuple(said)


def budget_page(
    network: Network, ceilings: Ceilings, money: Mapping[int, MoneyOfProduct]
) -> BudgetPage:
    """The page's figures out of what was read."""
    is_keyed = network.lines > 0
    costs = [found.cost for found in money.values()]
    known = [cost for cost in costs if cost is not None]
    given = ((found.cost, found.budget) for found in money.values())
    asks = (ProductAsk(cost, budget.approved if budget else None) for cost, budget in given)
    return BudgetPage(
        budget=network.total,
        ceilings=ceilings,
        asked=cost_of_plan(network.total.approved if is_keyed else None, asks),
        is_keyed=is_keyed,
        without_cost=len(costs) - len(known),
        unplaced=len(network.unplaced),
    )
