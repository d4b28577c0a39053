"""Is it noise or a signal? A run of values, what was planned, and the range they move in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.frame import Frame
from sigpret.web.charts.svg import (
    ChartTable,
    Svg,
    element,
    join,
    nice_ticks,
    points,
    root,
    words,
)
from sigpret.web.charts.wording import list_said, said


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One period; `value` None was not reported, `planned` None not programmed."""

    label: str
    value: Decimal | None
    planned: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A series with its expected range, when there is enough of it to have one."""

    title: str
    points: tuple[ControlPoint, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""

    def svg(self) -> str:
        """Two drawings, wide and narrow: text is laid out again instead of being shrunk."""
        return join(self._drawn(_WIDE, "only-wide"), self._drawn(_NARROW, "only-narrow"))

    def table(self) -> ChartTable:
        rows = [
            (point.label, said(point.planned, self.unit), said(point.value, self.unit))
            for point in self.points
        ]
        return ChartTable(
            self.title, (_("Trimestre"), _("Programado"), _("Reportado")), tuple(rows)
        )

    def label(self) -> str:
        """Every value in one breath, and the range they are expected in."""
        done = [
            f"{point.label} {said(point.value, self.unit)}"
            for point in self.points
            if point.value is not None
        ]
        spoken = _("%(title)s. Reportado: %(done)s.") % {
            "title": self.title,
            "done": list_said(done) or _("todavía sin datos"),
        }
        if self.low is not None and self.high is not None:
            spoken += " " + self.range_words() + "."
        return spoken

    def range_words(self) -> str:
        low, high = said(self.low, self.unit), said(self.high, self.unit)
        return _("variación esperada, %(low)s a %(high)s") % {"low": low, "high": high}

    def is_outside(self, value: Decimal) -> bool:
        if self.low is None or self.high is None:
            return False
        return not self.low <= value <= self.high

    def _drawn(self, frame: Frame, css: str) -> Svg:
        drawing = _Drawing(self, frame)
        return root(
            self.label(),
            drawing.range(),
            drawing.grid(),
            drawing.axis(),
            drawing.planned(),
            drawing.line(),
            drawing.marks(),
            view=frame.size,
            css=css,
        )


_WIDE = Frame(640, 210, 46, 560, 22, 172, indent=10, beyond=8, below=21)
_NARROW = Frame(354, 210, 44, 300, 22, 172, indent=10, beyond=8, below=21)


@dataclass(frozen=True, slots=True)
class _Drawing:
    chart: ControlChart
    frame: Frame

    def x(self, index: int) -> float:
        return self.frame.x(index, len(self.chart.points))

    def y(self, value: Decimal) -> float:
        return self.frame.y(float(value), self.ticks())

    def ticks(self) -> tuple[float, ...]:
        values = [v for p in self.chart.points for v in (p.value, p.planned) if v is not None]
        values += [limit for limit in (self.chart.low, self.chart.high) if limit is not None]
        known = [float(value) for value in values] or [0.0, 1.0]
        low, high = min(known), max(known)
        margin = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
        floor = 0.0 if low >= 0 and low <= (high - low) else low - margin
        return nice_ticks(floor, high + margin, 4)

    def range(self) -> Svg:
        if self.chart.low is None or self.chart.high is None:
            return Svg("")
        top, bottom = self.y(self.chart.high), self.y(self.chart.low)
        left, right = self.frame.left, self.frame.right + self.frame.beyond
        return join(
            element(
                "rect", x=left, y=top, width=right - left, height=max(bottom - top, 2.0),
                class_="c-expected",
            ),
            words(
                left + 8, min(bottom + 15, self.frame.bottom - 4), self.chart.range_words(),
                "c-expected-words",
            ),
        )  # fmt: skip

    def grid(self) -> Svg:
        return self.frame.grid(self.ticks())

    def axis(self) -> Svg:
        """As many names of periods as fit; the last one always."""
        count, fitting = len(self.chart.points), 4 if self.frame is _NARROW else 9
        step = max(1, -(-count // fitting))
        named = (
            (place, point.label, "now" if place == count - 1 else "axis")
            for place, point in enumerate(self.chart.points)
            if (count - 1 - place) % step == 0
        )
        return self.frame.names(named, count)

    def planned(self) -> Svg:
        pairs = [
            (self.x(index), self.y(point.planned))
            for index, point in enumerate(self.chart.points)
            if point.planned is not None
        ]
        if len(pairs) < 2:
            return Svg("")
        return element("polyline", points=points(pairs), class_="c-planned")

    def line(self) -> Svg:
        """Broken where nothing was reported: a gap is not a straight line."""
        runs: list[list[tuple[float, float]]] = [[]]
        for index, point in enumerate(self.chart.points):
            if point.value is None:
                runs.append([])
            else:
                runs[-1].append((self.x(index), self.y(point.value)))
        return join(
            *(
                element("polyline", points=points(run), class_="c-run")
                for run in runs
                if len(run) > 1
            )
        )

    def marks(self) -> Svg:
        last = len(self.chart.points) - 1
        drawn = []
        for index, point in enumerate(self.chart.points):
            if point.value is None:
                continue
            x, y, is_last = self.x(index), self.y(point.value), index == last
            tone = "c-out" if self.chart.is_outside(point.value) else "c-dot"
            drawn.append(element("circle", cx=x, cy=y, r=5 if is_last else 3.5, class_=tone))
            if is_last:
                name = said(point.value, self.chart.unit)
                drawn.append(words(x + 9, y + 4, name, f"c-last {tone}-words"))
        return join(*drawn)
