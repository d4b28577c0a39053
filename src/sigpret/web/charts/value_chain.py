"""From money to impact: the links of one goal, as a drawing, a list of steps and a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sigpret.web.charts.chain import ChainFlow, ChainNode, ChainStage
from sigpret.web.charts.sankey import sankey
from sigpret.web.charts.svg import ChartTable
from sigpret.web.formats import MISSING, format_money_short, format_percent


@dataclass(frozen=True, slots=True)
class ValueChain:
    """The whole chain. `title` says what there is to see."""

    title: str
    stages: tuple[ChainStage, ...]
    flows: tuple[ChainFlow, ...]

    def svg(self) -> str:
        return sankey(self.title, self.stages, self.flows)

    @property
    def has_money(self) -> bool:
        """Is any of its links drawn as thick as the money it carries?"""
        return any(flow.amount is not None for flow in self.flows)

    def table(self) -> ChartTable:
        """Every box, also those the drawing folds, with what it contributes to."""
        rows = [
            (stage.title, node.title, f"{node.planned} {node.unit}".strip(),
             f"{node.executed} {node.unit}".strip(), node.achieved, node.situation,
             "; ".join(serves) or MISSING)
            for stage, nodes in self.rows for node, serves in nodes
        ]  # fmt: skip
        headings = (
            *(_("Nivel"), _("Elemento"), _("Programado"), _("Logrado")),
            *(_("Avance"), _("Situación"), _("Aporta a")),
        )
        return ChartTable(self.title, headings, tuple(rows))

    def targets(self) -> dict[str, list[str]]:
        """What each box contributes to: `Conectar escuelas (peso 60 %)` or, for what is paid,
        `Vías abiertas (L 12 millones)`; by the box's key."""
        titles = {node.key: node.title for stage in self.stages for node in stage.nodes}
        found: dict[str, list[str]] = {}
        for flow in self.flows:
            found.setdefault(flow.source, []).append(_target(flow, titles))
        return found

    @property
    def rows(self) -> tuple[tuple[ChainStage, tuple[tuple[ChainNode, list[str]], ...]], ...]:
        """The stages with their boxes and what each contributes to, for the table with links."""
        targets = self.targets()
        return tuple(
            (stage, tuple((node, targets.get(node.key, [])) for node in stage.nodes))
            for stage in self.stages
        )


def _target(flow: ChainFlow, titles: Mapping[str, str]) -> str:
    title = titles.get(flow.target, flow.target)
    if flow.amount is not None:
        amount = format_money_short(flow.amount)
        return _("%(title)s (%(amount)s)") % {"title": title, "amount": amount}
    if flow.share is None:
        return title
    return _("%(title)s (peso %(share)s)") % {"title": title, "share": format_percent(flow.share)}
