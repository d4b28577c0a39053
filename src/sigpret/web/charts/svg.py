"""SVG as text: elements with escaped words and attributes, and a scale. No style attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

Attribute = str | int | float | None


class Svg(str):
    """Markup already escaped; plain text put inside an element is escaped on the way in."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The same data as the drawing, as rows of printed text; the first cell heads its row."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Protocol):
    """A drawing and its table twin: whatever is drawn can also be read."""

    def svg(self) -> str: ...

    def table(self) -> ChartTable: ...


def element(name: str, *children: str, **attributes: Attribute) -> Svg:
    """`element("rect", x=1, class_="c-fill")`; None leaves an attribute out, `_` becomes `-`."""
    words = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return Svg(f"<{name}{words}/>")
    return Svg(f"<{name}{words}>{join(*children)}</{name}>")


def join(*children: str) -> Svg:
    """Several pieces in a row; plain text is escaped."""
    return Svg("".join(child if isinstance(child, Svg) else escape(child) for child in children))


def root(label: str, *children: str, view: tuple[float, float], css: str = "") -> Svg:
    """A drawing that scales as a whole; its words are its accessible name."""
    width, height = view
    return Svg(
        f'<svg class="{escape(f"chart fluid {css}".strip())}" viewBox="0 0 {_plain(width)} '
        f'{_plain(height)}" role="img" aria-label="{escape(label)}">{join(*children)}</svg>'
    )


def fluid_root(
    label: str, *children: str, height: float, css: str = "", width: str = "100%"
) -> Svg:
    """A drawing as wide as its place whose text keeps its size: horizontal places are percents."""
    return Svg(
        f'<svg class="{escape(f"chart {css}".strip())}" width="{escape(width)}" '
        f'height="{_plain(height)}" role="img" aria-label="{escape(label)}">'
        f"{join(*children)}</svg>"
    )


def words(x: Attribute, y: float, content: str, css: str = "", **attributes: Attribute) -> Svg:
    """Text at a point; the words are escaped."""
    return element("text", content, x=x, y=y, class_=css or None, **attributes)


def percent_of(part: float, whole: float) -> str:
    """A horizontal place as `12.34%`, never outside 0-100."""
    share = 0.0 if whole <= 0 else max(0.0, min(100.0, 100.0 * part / whole))
    return f"{_plain(round(share, 2))}%"


def points(pairs: Sequence[tuple[float, float]]) -> str:
    """The `points` attribute of a line."""
    return " ".join(f"{_plain(x)},{_plain(y)}" for x, y in pairs)


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to coordinates, straight; a flat domain maps to the start."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def nice_ticks(low: float, high: float, count: int = 4) -> tuple[float, ...]:
    """About `count` round steps that cover the range, the last one at or above `high`."""
    span = max(high - low, 1e-9)
    rough = span / count
    magnitude = 10.0 ** _exponent(rough)
    step = next(size * magnitude for size in (1, 2, 2.5, 3, 5, 10) if size * magnitude >= rough)
    first = step * int(low // step)
    ticks = [first]
    while ticks[-1] < high - step * 1e-6:
        ticks.append(ticks[-1] + step)
    return tuple(ticks)


def _exponent(value: float) -> int:
    return int(f"{value:e}".split("e")[1])


def _attribute(value: Attribute) -> str:
    return escape(value) if isinstance(value, str) else _plain(value or 0)


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
