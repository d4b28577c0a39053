"""The panel beside the plan: one product with everything known of it."""

from __future__ import annotations

from dataclasses import dataclass

from sigpret.apps.planning.beside import GoalLink, PanelPart, ProductMoney, linking_address
from sigpret.apps.planning.queries.outline import PlannedProduct
from sigpret.apps.planning.queries.product import ProductFacts, product_facts
from sigpret.apps.planning.views.place import Place


@dataclass(frozen=True)
class Panel:
    """A product of the plan, for one reader."""

    product: PlannedProduct
    facts: ProductFacts
    links: tuple[GoalLink, ...]
    money: ProductMoney | None
    parts: tuple[PanelPart, ...]
    knows_links: bool

    @property
    def linking_url(self) -> str:
        """Where it is linked to a goal; "" when nothing links products."""
        return linking_address(self.product.row.id)

    @property
    def dearest(self) -> float:
        """What the longest bar of the costs stands for."""
        return float(max((one.cost or 0 for one in self.money.activities), default=0) or 1)


def panel_of(place: Place, asked: str) -> Panel | None:
    """The product of the address (`?producto=12`); None for none and for what is not there."""
    product = next((one for one in place.outline.products if str(one.row.id) == asked), None)
    if product is None:
        return None
    beside, key = place.beside, product.row.id
    return Panel(
        product,
        product_facts(key),
        beside.links().get(key, ()),
        beside.money().get(key),
        beside.panel(key),
        beside.has_links(),
    )
