"""Puts a value chain in order: who stands where, how much each link weighs, and what is missing.

Apps bring boxes and links from what they may read (today's figures, or what was published); here
they become five stages. What nobody has defined is shown as such and no number is made up for it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.web.charts import ChainFlow, ChainNode, ChainStage, ValueChain

MONEY, PRODUCTS = "money", "products"
INSTITUTIONAL, SECTORAL, PRESIDENTIAL = "institutional", "sectoral", "presidential"
ORDER = (PRODUCTS, INSTITUTIONAL, SECTORAL, PRESIDENTIAL)
AFTER = dict(pairwise(ORDER))
# A product is here because of what it serves: there is always something after it.
BEFORE = {after: stage for stage, after in AFTER.items() if stage != PRODUCTS}

TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    MONEY: (gettext_lazy("Dinero"), gettext_lazy("insumo")),
    PRODUCTS: (gettext_lazy("Productos"), gettext_lazy("de los planes operativos")),
    INSTITUTIONAL: (gettext_lazy("Resultados institucionales"), gettext_lazy("metas propias")),
    SECTORAL: (gettext_lazy("Resultados del sector"), gettext_lazy("metas sectoriales")),
    PRESIDENTIAL: (gettext_lazy("Impacto"), gettext_lazy("meta presidencial")),
}


@dataclass(frozen=True, slots=True)
class ChainLinkage:
    """A link from a box to the one it serves, with its part of it (0-100); None where links are
    not weighed."""

    child: str
    parent: str
    share: Decimal | None = None


@dataclass(slots=True)
class ChainParts:
    """What an app knows of a chain: the boxes of each stage, by their key, and the links. `paid`
    leads from the boxes of money to products; `is_money_reserved`: the reader does not see all."""

    title: str
    products: list[ChainNode] = field(default_factory=list)
    institutional: list[ChainNode] = field(default_factory=list)
    sectoral: list[ChainNode] = field(default_factory=list)
    presidential: list[ChainNode] = field(default_factory=list)
    links: list[ChainLinkage] = field(default_factory=list)
    money: list[ChainNode] = field(default_factory=list)
    paid: list[ChainFlow] = field(default_factory=list)
    money_told: str = ""
    is_money_reserved: bool = False

    def of(self, stage: str) -> list[ChainNode]:
        found: list[ChainNode] = getattr(self, stage)
        return found

    def add(self, stage: str, node: ChainNode) -> None:
        self.of(stage).append(node)


def goal_key(code: str) -> str:
    return f"goal-{code}"


def product_key(product_id: int | str) -> str:
    return f"product-{product_id}"


def assembled(parts: ChainParts) -> ValueChain:
    """The chain in its five stages, with a box for each thing that is not defined."""
    missing = tuple(_missing_boxes(parts))
    boxes = {
        stage: [*parts.of(stage), *(node for place, node, _links in missing if place == stage)]
        for stage in ORDER
    }
    links = [*parts.links, *(link for _place, _node, links in missing for link in links)]
    ordered = _in_order(boxes, links)
    unpaid = tuple(_unpaid(parts, ordered[PRODUCTS]))
    nobody = (_money(is_reserved=parts.is_money_reserved),) if unpaid or not parts.money else ()
    stages = (
        _stage(MONEY, (*parts.money, *nobody), parts.money_told),
        *(_stage(stage, ordered[stage]) for stage in ORDER),
    )
    flows = (*parts.paid, *unpaid, *_flows(parts.links, missing))
    return ValueChain(parts.title, stages, flows)


Missing = tuple[str, ChainNode, tuple[ChainLinkage, ...]]


def _money(*, is_reserved: bool) -> ChainNode:
    """Nobody assigned money to these products: it is said, and no amount is invented."""
    if is_reserved:
        title = _("Presupuesto: sin dato o reservado")
        return ChainNode(MONEY, title, note=_("sin dato o reservado"), is_missing=True)
    return ChainNode(MONEY, _("Presupuesto: aún sin dato"), note=_("aún sin dato"), is_missing=True)


def _unpaid(parts: ChainParts, products: Iterable[ChainNode]) -> Iterator[ChainFlow]:
    paid = {flow.target for flow in parts.paid}
    for node in products:
        if not node.is_missing and node.key not in paid:
            yield ChainFlow(MONEY, node.key, is_missing=True)


def _missing_boxes(parts: ChainParts) -> Iterator[Missing]:
    """One in each stage where something that nobody serves, or that serves nothing, should lead."""
    served = {link.parent for link in parts.links}
    serving = {link.child for link in parts.links}
    for stage in ORDER:
        key = f"missing-{stage}"
        links = (
            *(ChainLinkage(key, goal) for goal in _alone(parts, AFTER.get(stage), served)),
            *(ChainLinkage(goal, key) for goal in _alone(parts, BEFORE.get(stage), serving)),
        )
        if links or not parts.of(stage):
            yield stage, _undefined(key), links


def _alone(parts: ChainParts, stage: str | None, linked: Container[str]) -> list[str]:
    return [node.key for node in parts.of(stage) if node.key not in linked] if stage else []


def _undefined(key: str) -> ChainNode:
    return ChainNode(key, _("Sin vínculo definido"), note=_("sin vínculo"), is_missing=True)


def _in_order(
    boxes: Mapping[str, Sequence[ChainNode]], links: Iterable[ChainLinkage]
) -> dict[str, tuple[ChainNode, ...]]:
    """Each box near the one it serves, so that the links hardly cross."""
    parents: dict[str, list[str]] = {}
    for link in links:
        parents.setdefault(link.child, []).append(link.parent)
    places: dict[str, int] = {}
    ordered: dict[str, tuple[ChainNode, ...]] = {}
    for stage in reversed(ORDER):
        ordered[stage] = tuple(sorted(boxes[stage], key=lambda node: _place(node, parents, places)))
        places |= {node.key: place for place, node in enumerate(ordered[stage])}
    return ordered


def _place(
    node: ChainNode, parents: Mapping[str, list[str]], places: Mapping[str, int]
) -> tuple[bool, int, str]:
    above = [places[key] for key in parents.get(node.key, ()) if key in places]
    return node.is_missing, min(above, default=len(places)), node.key


def _flows(links: Sequence[ChainLinkage], missing: Iterable[Missing]) -> Iterator[ChainFlow]:
    for link in links:
        yield ChainFlow(link.child, link.parent, link.share)
    for _where, _node, dashed in missing:
        for link in dashed:
            yield ChainFlow(link.child, link.parent, is_missing=True)


def _stage(stage: str, nodes: Iterable[ChainNode], told: str = "") -> ChainStage:
    title, hint = TITLES[stage]
    return ChainStage(str(title), str(hint), tuple(nodes), told)


def broken_links(chain: ValueChain) -> int:
    """How many links nobody has defined, the budget apart."""
    return sum(flow.is_missing and flow.source != MONEY for flow in chain.flows)


def _how_many(behind: int, stage: ChainStage) -> str:
    if len(stage.real) == 1:
        return stage.real[0].detail
    return _("%(behind)d de %(all)d con rezago") % {"behind": behind, "all": len(stage.real)}


def chain_sentence(chain: ValueChain) -> str:
    """Where the chain stops, read from the money to the impact."""
    stages = dict(zip((MONEY, *ORDER), chain.stages, strict=True))
    for name in ORDER:
        behind = [node for node in stages[name].real if node.status == "behind"]
        if behind:
            return _("El rezago empieza en «%(stage)s»: %(how)s.") % {
                "stage": stages[name].title,
                "how": _how_many(len(behind), stages[name]),
            }
    if not stages[PRODUCTS].real:
        return _("La cadena no llega a ningún producto: falta definir el vínculo.")
    if any(node.is_missing for name in ORDER for node in stages[name].nodes):
        return _("La cadena está incompleta: faltan vínculos por definir.")
    return _("La cadena va sin rezago, de los productos al impacto.")
