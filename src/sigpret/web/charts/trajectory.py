"""Will it get there? Planned dashed, achieved solid, what comes at this pace dotted in its band."""

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
from sigpret.web.statuses import look_of


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """One moment of the axis; `executed` is None from the first moment without a figure."""

    label: str
    planned: Decimal | None
    executed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the pace leads at the last moment of the axis, and how far it may be off."""

    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Trajectory:
    """A goal along its year (or years). `noun` says what is counted: `conectados`."""

    title: str
    points: tuple[TrajectoryPoint, ...]
    status: str
    unit: str = ""
    noun: str = ""
    projection: Projection | None = None
    target_words: str = ""

    def svg(self) -> str:
        """Two drawings, wide and narrow: text is laid out again instead of being shrunk."""
        return join(self._drawn(_WIDE, "only-wide"), self._drawn(_NARROW, "only-narrow"))

    def table(self) -> ChartTable:
        rows = [
            (point.label, said(point.planned, self.unit), said(point.executed, self.unit))
            for point in self.points
        ]
        if self.projection is not None:
            rows.append((_("Proyección"), "", self._said_ahead(self.projection)))
        return ChartTable(self.title, (_("Fecha"), _("Programado"), _("Logrado")), tuple(rows))

    def label(self) -> str:
        """Every value in one breath: achieved, planned, projected."""
        done = [
            f"{point.label} {said(point.executed, self.unit)}"
            for point in self.points
            if point.executed is not None
        ]
        planned = [
            said(point.planned, self.unit) for point in self.points if point.planned is not None
        ]
        spoken = _("%(title)s. Logrado: %(done)s. Programado: %(planned)s.") % {
            "title": self.title,
            "done": list_said(done) or _("todavía sin datos"),
            "planned": list_said(planned),
        }
        if self.projection is not None:
            spoken += " " + _("Proyección al cierre: %(value)s.") % {
                "value": self._said_ahead(self.projection)
            }
        return spoken

    def _said_ahead(self, ahead: Projection) -> str:
        return _("unos %(value)s (de %(low)s a %(high)s)") % {
            "value": said(ahead.value, self.unit),
            "low": said(ahead.low, self.unit),
            "high": said(ahead.high, self.unit),
        }

    def _drawn(self, frame: Frame, css: str) -> Svg:
        drawing = _Drawing(self, frame)
        return root(
            self.label(),
            drawing.grid(),
            drawing.axis(),
            drawing.band(),
            drawing.planned(),
            drawing.actual(),
            drawing.target(),
            view=frame.size,
            css=f"{css} {look_of(self.status).css}",
        )


_WIDE = Frame(640, 300, 52, 528, 30, 266, gap=8, below=22)
_NARROW = Frame(354, 270, 44, 270, 30, 236, gap=8, below=22)


@dataclass(frozen=True, slots=True)
class _Drawing:
    chart: Trajectory
    frame: Frame

    def x(self, index: int) -> float:
        return self.frame.x(index, len(self.chart.points))

    def y(self, value: Decimal) -> float:
        return self.frame.y(float(value), self.ticks())

    def ticks(self) -> tuple[float, ...]:
        values = [v for p in self.chart.points for v in (p.planned, p.executed) if v is not None]
        if self.chart.projection is not None:
            values += [self.chart.projection.low, self.chart.projection.high]
        known = [float(value) for value in values] or [0.0]
        return nice_ticks(min(0.0, *known), max(1.0, *known))

    def grid(self) -> Svg:
        return self.frame.grid(self.ticks())

    def axis(self) -> Svg:
        now = self.last_known()
        named = (
            (place, point.label, "now" if place == now else "")
            for place, point in enumerate(self.chart.points)
        )
        return self.frame.names(named, len(self.chart.points))

    def last_known(self) -> int | None:
        known = [i for i, point in enumerate(self.chart.points) if point.executed is not None]
        return known[-1] if known else None

    def planned(self) -> Svg:
        pairs = [
            (self.x(index), self.y(point.planned))
            for index, point in enumerate(self.chart.points)
            if point.planned is not None
        ]
        if len(pairs) < 2:
            return Svg("")
        x, y = pairs[len(pairs) // 2]
        above = self._plan_label_is_above(len(pairs) // 2)
        label = words(
            x - 6 if above else x + 8,
            y - 8 if above else y + 20,
            _("lo programado"),
            text_anchor="end" if above else "start",
        )
        return join(element("polyline", points=points(pairs), class_="c-planned"), label)

    def _plan_label_is_above(self, index: int) -> bool:
        point = self.chart.points[index]
        if point.planned is None or point.executed is None:
            return True
        return point.executed <= point.planned

    def actual(self) -> Svg:
        known = [
            (self.x(index), self.y(point.executed), point.executed)
            for index, point in enumerate(self.chart.points)
            if point.executed is not None
        ]
        if not known:
            return Svg("")
        x, y, value = known[-1]
        spoken = f"{said(value, self.chart.unit)} {self.chart.noun}".strip()
        return join(
            element("polyline", points=points([(a, b) for a, b, _v in known]), class_="c-actual"),
            *(element("circle", cx=a, cy=b, r=4, class_="c-point") for a, b, _v in known[1:-1]),
            element("circle", cx=x, cy=y, r=6, class_="c-fill"),
            self._value_label(x, y, spoken, is_over_plan=self._is_over_plan()),
        )

    def _is_over_plan(self) -> bool:
        now = self.last_known()
        return now is not None and not self._plan_label_is_above(now)

    def _value_label(self, x: float, y: float, spoken: str, *, is_over_plan: bool) -> Svg:
        """On the far side of the planned line, so that neither covers the other."""
        height = max(y - 14, 14) if is_over_plan else min(y + 25, self.frame.bottom - 6)
        return words(x + 4, height, spoken, "main-value plated", text_anchor=self._anchor(x))

    def _anchor(self, x: float) -> str:
        return "end" if x > self.frame.right - 40 else "start"

    def band(self) -> Svg:
        now, ahead = self.last_known(), self.chart.projection
        executed = self.chart.points[now].executed if now is not None else None
        if now is None or executed is None or ahead is None or now == len(self.chart.points) - 1:
            return Svg("")
        x0, y0, x1 = self.x(now), self.y(executed), self.frame.right
        low, high, middle = self.y(ahead.low), self.y(ahead.high), self.y(ahead.value)
        return join(
            element(
                "path",
                d=f"M{x0:.1f} {y0:.1f}L{x1:.1f} {high:.1f}V{low:.1f}z",
                class_="c-range",
            ),
            element("path", d=f"M{x0:.1f} {y0:.1f}L{x1:.1f} {middle:.1f}", class_="c-projected"),
            self._ahead_label(x1 + 12, middle, ahead.value),
        )

    def _ahead_label(self, x: float, y: float, value: Decimal) -> Svg:
        """Beside its end, but never on top of the target's own words."""
        base = y + 4
        target = self.target_y()
        if target is not None and abs(base - target) < 32:
            base = target + 34 if y >= target else target - 34
        spoken = _("unos %(value)s") % {"value": said(value, self.chart.unit)}
        return join(words(x, base, spoken, "value"), words(x, base + 15, _("a este ritmo")))

    def target_y(self) -> float | None:
        last = self.chart.points[-1].planned if self.chart.points else None
        return self.y(last) if last is not None else None

    def target(self) -> Svg:
        y = self.target_y()
        if y is None:
            return Svg("")
        x, planned = self.frame.right, self.chart.points[-1].planned
        return join(
            element("path", d=f"M{x:g} {y - 6:.1f}l6 6-6 6-6-6z", class_="c-goal"),
            words(x + 12, y - 1, said(planned, self.chart.unit), "plan-value"),
            words(x + 12, y + 14, self.chart.target_words or _("programado")),
        )
