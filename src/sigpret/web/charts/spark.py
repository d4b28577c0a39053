"""Eight quarters of achievement against a dotted 100 % line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import ChartTable, Scale, Svg, element, points
from sigpret.web.charts.wording import NOT_MISSING, said, status_said
from sigpret.web.statuses import look_of

WIDTH, HEIGHT = 92, 28
# Above this the line stays at the edge: an outlier must not flatten the other seven quarters.
CEILING = 150.0


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """One quarter: its short name, percent of what was planned (0-100) and status."""

    label: str
    value: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A line that breaks where nothing was reported; the last point wears its status."""

    points: tuple[SparkPoint, ...]

    def svg(self) -> str:
        label = _("Cumplimiento de los últimos %(n)d trimestres: %(values)s") % {
            "n": len(self.points),
            "values": ", ".join(self._said(point) for point in self.points),
        }
        hundred = self._y(100.0)
        return Svg(
            element(
                "svg",
                element("path", d=f"M2 {hundred:.1f}H{WIDTH - 2}", class_="c-hundred"),
                *(self._run(run) for run in self._runs()),
                *(self._gap(index) for index in self._gaps()),
                self._last(),
                class_="chart",
                width=WIDTH,
                height=HEIGHT,
                viewBox=f"0 0 {WIDTH} {HEIGHT}",
                role="img",
                aria_label=label,
            )
        )

    def table(self) -> ChartTable:
        return ChartTable(
            _("Cumplimiento por trimestre"),
            (_("Trimestre"), _("Cumplimiento"), _("Estado")),
            tuple(
                (p.label, said(p.value, "%", p.status), status_said(p.status)) for p in self.points
            ),
        )

    def _said(self, point: SparkPoint) -> str:
        return said(point.value, "%", point.status)

    def _x(self, index: int) -> float:
        return Scale(0, max(len(self.points) - 1, 1), 4, WIDTH - 5)(index)

    def _y(self, value: float) -> float:
        known = [min(float(p.value), CEILING) for p in self.points if p.value is not None]
        low = max(min([*known, 100.0]), 0.0)
        high = max([*known, 100.0])
        clamped = max(min(value, CEILING), 0.0)
        return Scale(low, high if high > low else low + 1, HEIGHT - 5, 5)(clamped)

    def _runs(self) -> list[list[int]]:
        """Stretches of neighbouring quarters that were reported."""
        runs: list[list[int]] = [[]]
        for index, point in enumerate(self.points):
            if point.value is None:
                runs.append([])
            else:
                runs[-1].append(index)
        return [run for run in runs if run]

    def _run(self, run: list[int]) -> Svg:
        pairs = [(self._x(index), self._at(index)) for index in run]
        if len(pairs) == 1:
            x, y = pairs[0]
            return element("circle", cx=x, cy=y, r=1.4, class_="c-tick")
        return element("polyline", points=points(pairs), class_="c-line")

    def _at(self, index: int) -> float:
        value = self.points[index].value
        return self._y(float(value)) if value is not None else HEIGHT - 5.0

    def _gaps(self) -> list[int]:
        """Quarters that fell due without a report; those not due leave only the break."""
        return [
            index
            for index, point in enumerate(self.points)
            if point.value is None and point.status not in NOT_MISSING
        ]

    def _gap(self, index: int) -> Svg:
        return element("circle", cx=self._x(index), cy=HEIGHT - 5.0, r=2.6, class_="c-gap")

    def _last(self) -> Svg:
        if not self.points or self.points[-1].value is None:
            return Svg("")
        index = len(self.points) - 1
        css = look_of(self.points[-1].status).css
        return element(
            "circle", cx=self._x(index), cy=self._at(index), r=3.5, class_=f"c-fill {css}"
        )
