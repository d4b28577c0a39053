"""Where a series is drawn: its margins, the lines of its grid and the names below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sigpret.web.charts.svg import Scale, Svg, element, join, words
from sigpret.web.formats import format_number


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and the margins of its figures.

    `indent` is where the first figure stands after the left margin; `beyond`, how far the grid
    goes on after the right one; `below`, how far down the names of the moments stand.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    indent: float = 0
    beyond: float = 0
    gap: float = 7
    below: float = 20

    @property
    def size(self) -> tuple[float, float]:
        return self.width, self.height

    def x(self, place: float, count: int) -> float:
        """Where the moment at `place` stands among `count` of them, from the first, 0."""
        return Scale(0, max(count - 1, 1), self.left + self.indent, self.right)(place)

    def y(self, amount: float, ticks: Sequence[float]) -> float:
        return Scale(ticks[0], ticks[-1], self.bottom, self.top)(amount)

    def grid(
        self,
        ticks: Sequence[float],
        unit: str = "",
        css: Callable[[float], str] = lambda _: "c-grid",
    ) -> Svg:
        """A line for each tick, with its figure at the left."""
        lines = []
        for tick in ticks:
            y = self.y(tick, ticks)
            path = f"M{self.left:g} {y:.1f}H{self.right + self.beyond:g}"
            lines.append(element("path", d=path, class_=css(tick)))
            name = f"{format_number(Decimal(str(tick)))}{unit}"
            lines.append(words(self.left - self.gap, y + 4, name, "axis", text_anchor="end"))
        return join(*lines)

    def names(self, named: Iterable[tuple[int, str, str]], count: int) -> Svg:
        """The name of each moment (its place, what it is called, its class) below it."""
        return join(
            *(
                words(
                    self.x(place, count), self.bottom + self.below, name, css, text_anchor="middle"
                )
                for place, name, css in named
            )
        )
