"""A value chain drawn for wide screens: boxes in columns, bands as thick as each link's weight.

A link nobody defined is a dashed line. Every box is a link the keyboard reaches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape

from django.utils.translation import gettext as _

from sigpret.web.charts.chain import ChainFlow, ChainNode, ChainStage
from sigpret.web.charts.svg import Svg, element, join, words
from sigpret.web.formats import format_percent
from sigpret.web.statuses import look_of

WIDTH, COLUMN, HEAD = 1180.0, 188.0, 44.0
GAP, PADDING, LINE = 12.0, 11.0, 15.0
LETTERS, MOST_LINES, MOST_BOXES = 24, 3, 8
THICKEST, THINNEST = 30.0, 2.0
MOST_LABELS = 5


def sankey(title: str, stages: tuple[ChainStage, ...], flows: tuple[ChainFlow, ...]) -> str:
    """The drawing of a chain; its table stands beside it, because here the longest fold."""
    stages, flows = folded(stages, flows)
    boxes = placed(stages)
    height = max((box.bottom for box in boxes.values()), default=HEAD) + 8
    heads = (_head(_left_of(place, len(stages)), stage) for place, stage in enumerate(stages))
    drawn = join(*heads, *_bands(flows, boxes), *(_box(box) for box in boxes.values()))
    return Svg(
        f'<svg class="chart fluid sankey" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="group"'
        f' aria-label="{escape(title)}">{drawn}</svg>'
    )


def folded(
    stages: tuple[ChainStage, ...], flows: tuple[ChainFlow, ...]
) -> tuple[tuple[ChainStage, ...], tuple[ChainFlow, ...]]:
    """At most eight boxes a column: the worst stay, the rest become one that leads to the table."""
    moved: dict[str, str] = {}
    shown: list[ChainStage] = []
    for stage in reversed(stages):
        # What leads to something folded folds with it, so that the bands stay few.
        hidden = {flow.source for flow in flows if flow.target in moved}
        kept = _kept(stage.nodes, hidden)
        rest = [node for node in stage.nodes if node not in kept]
        if rest:
            fold = ChainNode(
                f"rest-{rest[0].key}", _("y %(n)d más") % {"n": len(rest)}, "#chain-table"
            )
            moved |= {node.key: fold.key for node in rest}
            stage = replace(stage, nodes=(*kept, fold))
        shown.append(stage)
    return tuple(reversed(shown)), _merged(flows, moved)


def _kept(nodes: tuple[ChainNode, ...], hidden: Container[str]) -> list[ChainNode]:
    """The boxes of a column that are drawn, in their order."""
    if len(nodes) <= MOST_BOXES:
        return list(nodes)
    ranked = sorted(
        nodes,
        key=lambda node: (not (node.is_here or node.is_missing), node.key in hidden, node.severity),
    )
    chosen = ranked[: MOST_BOXES - 1]
    return [node for node in nodes if node in chosen]


def _merged(flows: Iterable[ChainFlow], moved: Mapping[str, str]) -> tuple[ChainFlow, ...]:
    """The links of what was folded, together: their shares add up."""
    kept: dict[tuple[str, str], ChainFlow] = {}
    for flow in flows:
        ends = moved.get(flow.source, flow.source), moved.get(flow.target, flow.target)
        known = kept.get(ends)
        share, amount = flow.share, flow.amount
        if known is not None:
            share, amount = _more(known.share, share), _more(known.amount, amount)
        kept[ends] = ChainFlow(*ends, share, flow.is_missing, amount)
    return tuple(kept.values())


def _more(known: Decimal | None, one: Decimal | None) -> Decimal | None:
    return one if known is None or one is None else known + one


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place."""

    node: ChainNode
    lines: tuple[str, ...]
    left: float
    top: float
    height: float

    @property
    def right(self) -> float:
        return self.left + COLUMN

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def placed(stages: tuple[ChainStage, ...]) -> dict[str, Box]:
    """Every box by its key: columns evenly apart, their boxes centred one under another."""
    columns = [
        [_measured(node, _left_of(place, len(stages))) for node in stage.nodes]
        for place, stage in enumerate(stages)
    ]
    tallest = max((_height_of(column) for column in columns), default=0.0)
    boxes: dict[str, Box] = {}
    for column in columns:
        top = HEAD + (tallest - _height_of(column)) / 2
        for box in column:
            boxes[box.node.key] = replace(box, top=top)
            top += box.height + GAP
    return boxes


def _measured(node: ChainNode, left: float) -> Box:
    lines = wrapped(node.title)
    extra = sum(bool(text) for text in (node.tag, node.amount, node.detail))
    return Box(node, lines, left, 0.0, 2 * PADDING + LINE * (len(lines) + extra))


def _height_of(column: list[Box]) -> float:
    return sum(box.height for box in column) + GAP * max(len(column) - 1, 0)


def wrapped(text: str, letters: int = LETTERS, most: int = MOST_LINES) -> tuple[str, ...]:
    """The text in lines that fit a box; what does not fit ends in an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: letters - 1].rstrip(' ,;:')}…"]
    return tuple(line if len(line) <= letters else f"{line[: letters - 1]}…" for line in lines)


def _head(left: float, stage: ChainStage) -> Svg:
    return join(words(left, 13.0, stage.title, "s-head"), words(left, 28.0, stage.hint, "axis"))


def _left_of(place: int, stages: int) -> float:
    return place * (WIDTH - COLUMN) / max(stages - 1, 1)


def _box(box: Box) -> Svg:
    node = box.node
    look = look_of(node.status).css if node.status else "neutral"
    css = " ".join(filter(None, ("s-box", look, "here" if node.is_here else "",
                                 "missing" if node.is_missing else "")))  # fmt: skip
    shape = element("rect", x=box.left, y=box.top, width=COLUMN, height=box.height, rx=4,
                    class_="s-frame")  # fmt: skip
    edge = element("rect", x=box.left, y=box.top, width=4, height=box.height, class_="s-edge")
    drawn = join(shape, Svg("") if node.is_missing else edge, *_lines(box))
    name = ", ".join(filter(None, (node.title, node.tag, node.amount, node.detail)))
    if not node.url:
        return element("g", drawn, class_=css)
    return element("a", drawn, href=node.url, class_=css, aria_label=name)


def _lines(box: Box) -> Iterable[Svg]:
    node, x = box.node, box.left + PADDING + 3
    y = box.top + PADDING + 11
    for line in box.lines:
        yield words(x, y, line, "s-title")
        y += LINE
    for text, css in ((node.tag, "axis"), (node.amount, "s-amount"), (node.detail, "axis")):
        if text:
            yield words(x, y, wrapped(text, LETTERS + 3, 1)[0], css)
            y += LINE


def _bands(flows: tuple[ChainFlow, ...], boxes: Mapping[str, Box]) -> Iterable[Svg]:
    known = [flow for flow in flows if flow.source in boxes and flow.target in boxes]
    most = max((flow.amount for flow in known if flow.amount), default=None)
    thick = {flow: _thickness(flow, most) for flow in known}
    arriving = Counter(flow.target for flow in known)
    ends = _ends(known, boxes, thick)
    # The thin ones over the thick ones, and what is written over them all.
    for flow in sorted(known, key=lambda flow: -thick[flow]):
        start, end = ends[flow]
        yield _band(flow, (boxes[flow.source].right, start), (boxes[flow.target].left, end), thick)
    for flow in known:
        if flow.share is not None and arriving[flow.target] <= MOST_LABELS:
            place = boxes[flow.target].left - 5, ends[flow][1] + 4
            yield words(*place, format_percent(flow.share, 0), "s-share", text_anchor="end")


def _thickness(flow: ChainFlow, most: Decimal | None) -> float:
    if flow.amount is not None and most:
        return max(THINNEST, THICKEST * float(flow.amount / most))
    if flow.share is None or flow.is_missing:
        return THINNEST
    return max(THINNEST, THICKEST * min(float(flow.share), 100.0) / 100)


def _ends(
    flows: list[ChainFlow], boxes: Mapping[str, Box], thick: Mapping[ChainFlow, float]
) -> dict[ChainFlow, tuple[float, float]]:
    """Where each band leaves and arrives: side by side at each box, in the boxes' order."""
    leaves = _spread(flows, boxes, thick, "source", "target")
    arrives = _spread(flows, boxes, thick, "target", "source")
    return {flow: (leaves[flow], arrives[flow]) for flow in flows}


def _spread(
    flows: list[ChainFlow],
    boxes: Mapping[str, Box],
    thick: Mapping[ChainFlow, float],
    near: str,
    far: str,
) -> dict[ChainFlow, float]:
    places: dict[ChainFlow, float] = {}
    for key in {getattr(flow, near) for flow in flows}:
        here = [flow for flow in flows if getattr(flow, near) == key]
        here.sort(key=lambda flow: boxes[getattr(flow, far)].middle)
        total = sum(thick[flow] for flow in here)
        room = max(boxes[key].height - 12 - total, 0.0) / (len(here) + 1)
        squeeze = min(1.0, (boxes[key].height - 12) / total) if total else 1.0
        y = boxes[key].top + 6 + room
        for flow in here:
            places[flow] = y + thick[flow] * squeeze / 2
            y += thick[flow] * squeeze + room
    return places


def _band(
    flow: ChainFlow,
    start: tuple[float, float],
    end: tuple[float, float],
    thick: Mapping[ChainFlow, float],
) -> Svg:
    (x1, y1), (x2, y2) = start, end
    bend = (x1 + x2) / 2
    path = f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    css = "s-missing" if flow.is_missing else ("s-flow" if flow.share is not None else "s-plain")
    css = "s-money" if flow.amount is not None else css
    return element("path", d=path, class_=css, stroke_width=round(thick[flow], 1))
