"""What a value chain is made of: boxes in stages, and the links between them, in printed words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.formats import MISSING
from sigpret.web.statuses import ORDER, look_of

STEP = 6


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A box of the chain, in printed words.

    `planned` and `executed` are in `unit` (empty for percentages); `achieved` is a percentage.
    `status` None: there is no figure, and `note` says why. `told` and `detailed` take the place of
    the figures in words, for what is not held to a target. `is_missing`: nobody has defined what
    should stand here.
    """

    key: str
    title: str
    url: str = ""
    tag: str = ""
    planned: str = MISSING
    executed: str = MISSING
    unit: str = ""
    achieved: str = MISSING
    status: str | None = None
    note: str = ""
    is_here: bool = False
    is_missing: bool = False
    told: str = ""
    detailed: str = ""

    @property
    def severity(self) -> int:
        """Worst first; what has no figure after what has."""
        return ORDER.index(self.status) if self.status in ORDER else len(ORDER)

    @property
    def amount(self) -> str:
        """`742 de 900 sitios`, or why there is no figure; a missing box says it in its title."""
        if self.is_missing:
            return ""
        if self.told:
            return self.told
        if self.note or MISSING in (self.planned, self.executed):
            return self.note
        words = _("%(done)s de %(planned)s") % {"done": self.executed, "planned": self.planned}
        return f"{words} {self.unit}".strip()

    @property
    def situation(self) -> str:
        """How it stands, in a word, or why there is no figure."""
        return str(look_of(self.status).word) if self.status else (self.note or MISSING)

    @property
    def detail(self) -> str:
        if self.told:
            return self.detailed
        if self.achieved == MISSING or self.note:
            return str(look_of(self.status).word) if self.status else ""
        return _("%(percent)s de lo programado") % {"percent": self.achieved}


@dataclass(frozen=True, slots=True)
class ChainStage:
    """A column, or a step on a phone: what kind of thing it is and what stands in it. `told` says
    the whole of it where its boxes are not judged."""

    title: str
    hint: str
    nodes: tuple[ChainNode, ...]
    told: str = ""

    @property
    def real(self) -> tuple[ChainNode, ...]:
        return tuple(node for node in self.nodes if not node.is_missing)

    @property
    def sentence(self) -> str:
        """`3 de 5 en ruta`; for one box its figure; otherwise that there is none."""
        if self.told and self.real:
            return self.told
        if not self.real:
            return self.nodes[0].note if self.nodes else _("sin vínculo")
        if len(self.real) == 1:
            one = self.real[0]
            return one.achieved if one.achieved != MISSING else one.situation
        judged = [node for node in self.real if node.status]
        if not judged:
            return _("%(n)d en total") % {"n": len(self.real)}
        well = sum(node.status in ("on_track", "exceeded") for node in judged)
        return _("%(well)d de %(all)d en ruta") % {"well": well, "all": len(judged)}

    @property
    def shown(self) -> tuple[ChainNode, ...]:
        """What a step lists at first: the goal looked at and the worst, then what is missing."""
        ranked = sorted(
            self.nodes, key=lambda node: (not node.is_here, node.is_missing, node.severity)
        )
        return tuple(ranked[:STEP])

    @property
    def rest(self) -> tuple[ChainNode, ...]:
        """What a step keeps folded."""
        shown = self.shown
        return tuple(node for node in self.nodes if node not in shown)

    @property
    def worst(self) -> str | None:
        """The worst status of the stage, for its colour."""
        found = {node.status for node in self.real if node.status}
        return next((status for status in ORDER if status in found), None)


@dataclass(frozen=True, slots=True)
class ChainFlow:
    """A link from left to right. `share` is its part of the target (0-100); None: not weighed.
    `amount` is what it carries, in lempiras. `is_missing`: the link should be there and nobody has
    defined it."""

    source: str
    target: str
    share: Decimal | None = None
    is_missing: bool = False
    amount: Decimal | None = None
