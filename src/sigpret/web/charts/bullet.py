"""Achieved against planned and the year's target, on one line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import ChartTable, Svg, element, fluid_root, join, percent_of
from sigpret.web.charts.wording import NOT_MISSING, said
from sigpret.web.statuses import look_of

# Room to the right of the farthest mark, so that the diamond of the target is whole.
HEADROOM = 1.04


@dataclass(frozen=True, slots=True)
class Bullet:
    """Bar = achieved in the colour of its status, tick = planned to date, diamond = year's target.

    With a `baseline` the bar measures the way from the baseline to the target, so that further to
    the right is better also when lower is better. `is_compact` is the 62-pixel form of table cells.
    """

    executed: Decimal | None
    planned: Decimal | None
    target: Decimal | None
    status: str
    unit: str = ""
    baseline: Decimal | None = None
    is_compact: bool = False

    def svg(self) -> str:
        height = 16 if self.is_compact else 22
        return fluid_root(
            self.label(),
            self._track(height),
            self._bar(height),
            self._tick(height),
            self._diamond(height),
            height=height,
            css=look_of(self.status).css,
            width="62" if self.is_compact else "100%",
        )

    def table(self) -> ChartTable:
        return ChartTable(
            _("Logrado, programado y meta"),
            (_("Dato"), _("Valor")),
            (
                (_("Logrado"), said(self.executed, self.unit, self.status)),
                (_("Programado a la fecha"), said(self.planned, self.unit)),
                (_("Meta anual"), said(self.target, self.unit)),
            ),
        )

    def label(self) -> str:
        """`Logrado 61 %, programado a la fecha 80 %, meta anual 85 %`."""
        return _("Logrado %(done)s, programado a la fecha %(planned)s, meta anual %(target)s") % {
            "done": said(self.executed, self.unit, self.status),
            "planned": said(self.planned, self.unit),
            "target": said(self.target, self.unit),
        }

    def _way(self, value: Decimal | None) -> float | None:
        """How far along the line a value stands; never left of its start."""
        if value is None:
            return None
        if self.baseline is None or self.target is None or self.baseline == self.target:
            return max(float(value), 0.0)
        return max(float((value - self.baseline) / (self.target - self.baseline)), 0.0)

    def _length(self) -> float:
        known = [self._way(value) for value in (self.executed, self.planned, self.target)]
        return max((way for way in known if way is not None), default=1.0) * HEADROOM or 1.0

    def _track(self, height: int) -> Svg:
        return _bar_of("c-track", "100%", height)

    def _bar(self, height: int) -> Svg:
        way = self._way(self.executed)
        if way is None:
            return self._nothing(height)
        if way == 0:
            # A reported zero is a report: a visible sliver, unlike the hatch of a missing value.
            return _bar_of("c-fill zero", "3", height)
        return _bar_of("c-fill", percent_of(way, self._length()), height)

    def _nothing(self, height: int) -> Svg:
        if self.status in NOT_MISSING:
            middle = height / 2
            return element("path", d=f"M4 {middle:g}h10", class_="c-hatch not-due")
        planned = self._way(self.planned)
        width = "100%" if not planned else percent_of(planned, self._length())
        return _bar_of("c-hatch", width, height, fill="url(#hatch)")

    def _tick(self, height: int) -> Svg:
        planned = self._way(self.planned)
        if planned is None:
            return Svg("")
        return element(
            "rect",
            x=percent_of(planned, self._length()),
            y=1 if self.is_compact else 2,
            width=2 if self.is_compact else 2.5,
            height=height - (2 if self.is_compact else 4),
            class_="c-tick",
        )

    def _diamond(self, height: int) -> Svg:
        target = self._way(self.target)
        if target is None or self.is_compact:
            return Svg("")
        shape = element("path", d="M0-5l5 5-5 5-5-5z", class_="c-goal")
        return join(
            element(
                "svg",
                shape,
                x=percent_of(target, self._length()),
                y=height / 2,
                overflow="visible",
            )
        )


def _bar_of(css: str, width: str, height: int, fill: str | None = None) -> Svg:
    thick = 8 if height < 20 else 10
    return element(
        "rect",
        x=0,
        y=(height - thick) / 2,
        width=width,
        height=thick,
        rx=2,
        class_=css,
        fill=fill,
    )
