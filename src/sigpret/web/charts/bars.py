"""The quarters of one year: bars of what was done, the dashed staircase of what was planned."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import (
    ChartTable,
    Scale,
    Svg,
    element,
    join,
    nice_ticks,
    points,
    root,
    words,
)
from sigpret.web.charts.wording import NOT_MISSING, said
from sigpret.web.formats import format_number
from sigpret.web.statuses import look_of

WIDTH, HEIGHT = 284, 132
LEFT, TOP, BOTTOM = 30, 28, 104


@dataclass(frozen=True, slots=True)
class QuarterBar:
    """Cumulative planned and executed at the end of one quarter, with its status."""

    label: str
    planned: Decimal | None
    executed: Decimal | None
    status: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class QuarterBars:
    """Bars of the year; only the current one wears its colour, the rest give context."""

    bars: tuple[QuarterBar, ...]
    unit: str = ""

    def svg(self) -> str:
        spoken = "; ".join(
            _("%(label)s: %(done)s de %(planned)s")
            % {
                "label": bar.label,
                "done": said(bar.executed, self.unit, bar.status),
                "planned": said(bar.planned, self.unit),
            }
            for bar in self.bars
        )
        label = _("Ejecutado y programado acumulados por trimestre. %(values)s") % {
            "values": spoken
        }
        return root(
            label,
            *(self._grid(tick) for tick in self._ticks()),
            self._planned(),
            *(self._bar(index, bar) for index, bar in enumerate(self.bars)),
            words(WIDTH, 14, _("programado acumulado"), "axis", text_anchor="end"),
            view=(WIDTH, HEIGHT),
            css="quarters",
        )

    def table(self) -> ChartTable:
        return ChartTable(
            _("Acumulado por trimestre"),
            (_("Trimestre"), _("Programado"), _("Ejecutado")),
            tuple(
                (bar.label, said(bar.planned, self.unit), said(bar.executed, self.unit, bar.status))
                for bar in self.bars
            ),
        )

    def _ticks(self) -> tuple[float, ...]:
        known = [
            float(v) for bar in self.bars for v in (bar.planned, bar.executed) if v is not None
        ]
        return nice_ticks(0.0, max([*known, 1.0]), 2)

    def _y(self, value: float) -> float:
        return Scale(0, self._ticks()[-1], BOTTOM, TOP)(max(value, 0.0))

    def _x(self, index: int) -> float:
        step = (WIDTH - LEFT) / max(len(self.bars), 1)
        return LEFT + step * (index + 0.5)

    def _grid(self, tick: float) -> Svg:
        y = self._y(tick)
        return join(
            element("path", d=f"M{LEFT} {y:g}H{WIDTH}", class_="c-grid"),
            words(LEFT - 6, y + 4, format_number(tick), "axis", text_anchor="end"),
        )

    def _planned(self) -> Svg:
        known = [
            (self._x(index), self._y(float(bar.planned)))
            for index, bar in enumerate(self.bars)
            if bar.planned is not None
        ]
        return element("polyline", points=points(known), class_="c-planned")

    def _bar(self, index: int, bar: QuarterBar) -> Svg:
        x = self._x(index)
        name = words(
            x, 122, bar.label, "axis now" if bar.is_current else "axis", text_anchor="middle"
        )
        css = look_of(bar.status).css
        if bar.executed is None:
            return element("g", _absent(x, bar.status), name, class_=css)
        y = min(self._y(float(bar.executed)), BOTTOM - 2.0)
        body = element(
            "rect",
            x=x - 15,
            y=y,
            width=30,
            height=BOTTOM - y,
            rx=2,
            class_="c-fill" if bar.is_current else "c-neutral",
        )
        return element("g", body, name, self._value(bar, x, y), class_=css)

    def _value(self, bar: QuarterBar, x: float, y: float) -> Svg:
        if not bar.is_current:
            return Svg("")
        spoken = _("%(done)s de %(planned)s") % {
            "done": format_number(bar.executed),
            "planned": format_number(bar.planned),
        }
        return words(x, y - 6, spoken, "value plated", text_anchor="middle")


def _absent(x: float, status: str) -> Svg:
    """Not due, or without a value: a short dash on the axis. Missing: an empty hatched box."""
    if status in NOT_MISSING:
        return element("path", d=f"M{x - 5:g} {BOTTOM - 3}h10", class_="c-hatch")
    return element(
        "rect", x=x - 15, y=BOTTOM - 24, width=30, height=24, class_="c-hatch", fill="url(#hatch)"
    )
