"""Did it move after something was done? Percent of what was planned, and the day it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
from sigpret.web.dates import date_words


@dataclass(frozen=True, slots=True)
class QuarterShare:
    """One quarter from its first to its last day; `percent` 0-100 and beyond, None unreported."""

    label: str
    percent: Decimal | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A figure stands at the end of its quarter; the day is a line, what came after is solid."""

    title: str
    points: tuple[QuarterShare, ...]
    day: date | None = None
    day_words: str = ""

    def svg(self) -> str:
        """Two drawings, wide and narrow: text is laid out again instead of being shrunk."""
        return join(self._drawn(_WIDE, "only-wide"), self._drawn(_NARROW, "only-narrow"))

    def table(self) -> ChartTable:
        rows = tuple((p.label, said(p.percent, "%"), self._side(p)) for p in self.points)
        return ChartTable(
            self.title, (_("Trimestre"), _("De lo programado"), _("Respecto del acuerdo")), rows
        )

    def label(self) -> str:
        known = [f"{p.label} {said(p.percent, '%')}" for p in self.points if p.percent is not None]
        spoken = f"{self.title}. {list_said(known)}."
        if self.day is not None:
            spoken += f" {self.day_words} {date_words(self.day)}."
        return spoken

    def _side(self, point: QuarterShare) -> str:
        if self.day is None:
            return _("pendiente")
        return _("antes") if point.end <= self.day else _("después")

    def _drawn(self, frame: Frame, css: str) -> Svg:
        drawing = _Drawing(self, frame)
        return root(
            self.label(),
            drawing.grid(),
            drawing.axis(),
            drawing.line(),
            drawing.mark(),
            view=frame.size,
            css=f"before-after {css}",
        )


_WIDE = Frame(640, 220, 46, 616, 34, 182)
_NARROW = Frame(354, 210, 42, 336, 34, 172)


@dataclass(frozen=True, slots=True)
class _Drawing:
    chart: BeforeAfter
    frame: Frame

    def x(self, place: float) -> float:
        return self.frame.x(place, len(self.chart.points))

    def y(self, percent: float) -> float:
        return self.frame.y(percent, self.ticks())

    def ticks(self) -> tuple[float, ...]:
        known = [float(p.percent) for p in self.chart.points if p.percent is not None]
        return nice_ticks(min(0.0, *known), max(100.0, *known)) if known else (0.0, 100.0)

    def grid(self) -> Svg:
        return self.frame.grid(
            self.ticks(), " %", lambda tick: "c-hundred" if tick == 100 else "c-grid"
        )

    def axis(self) -> Svg:
        """Every quarter's name, or every second one where they do not fit; the last one always."""
        count, step = len(self.chart.points), 2 if self.frame is _NARROW else 1
        named = (
            (place, point.label, "axis")
            for place, point in enumerate(self.chart.points)
            if (count - 1 - place) % step == 0
        )
        return self.frame.names(named, count)

    def line(self) -> Svg:
        known = [
            (self.x(index), self.y(float(point.percent)), point)
            for index, point in enumerate(self.chart.points)
            if point.percent is not None
        ]
        if not known:
            return Svg("")
        day = self.chart.day
        dots = (
            element(
                "circle",
                cx=x,
                cy=y,
                r=4.5,
                class_="c-own" if day and point.end > day else "c-peer",
            )
            for x, y, point in known
        )
        x, y, last = known[-1]
        spoken = said(last.percent, "%")
        return join(
            element("polyline", points=points([(x, y) for x, y, _point in known]), class_="c-line"),
            *dots,
            words(x, y + self.aside(known), spoken, "value plated", text_anchor="end"),
        )

    @staticmethod
    def aside(known: list[tuple[float, float, QuarterShare]]) -> float:
        """On the side of the last point where its line is not."""
        came_down = len(known) > 1 and known[-1][1] > known[-2][1]
        return 24 if came_down else -11

    def mark(self) -> Svg:
        """Where in its quarter the day falls; nothing when it is outside what is drawn."""
        place = self.place()
        if place is None:
            return Svg("")
        x = self.x(place)
        return join(
            element(
                "path",
                d=f"M{x:.1f} {self.frame.top - 12:g}V{self.frame.bottom:g}",
                class_="c-day",
            ),
            words(
                x + 5 if x < self.frame.right - 70 else x - 5,
                self.frame.top - 16,
                self.chart.day_words,
                "brand",
                text_anchor="start" if x < self.frame.right - 70 else "end",
            ),
        )

    def place(self) -> float | None:
        day = self.chart.day
        if day is None:
            return None
        for index, point in enumerate(self.chart.points):
            if point.start <= day <= point.end:
                share = (day - point.start).days / max((point.end - point.start).days, 1)
                return max(index - 1 + share, 0.0)
        return None
