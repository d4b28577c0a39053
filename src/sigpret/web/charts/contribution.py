"""What a grade is made of: each part as long as the points it gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import ChartTable, Svg, element, fluid_root, join, percent_of, words
from sigpret.web.charts.wording import list_said
from sigpret.web.formats import MISSING, format_number

HEIGHT = 64
BAR_TOP, BAR_HEIGHT = 20, 26
# From this part on the fill is light and its number is written in ink.
FIRST_LIGHT_PART = 4
ENOUGH_ROOM = 4.0


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of the grade and the points (0-100) it gives; None gives none and says so."""

    label: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A mark on the scale that somebody decided, with its words."""

    value: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class ContributionBar:
    """Parts side by side up to the total; the empty rest up to 100 stays visible."""

    parts: tuple[Contribution, ...]
    total: Decimal | None
    thresholds: tuple[Threshold, ...] = ()

    def svg(self) -> str:
        shown = [f"{p.label} {format_number(p.points, 1)}" for p in self.parts]
        label = _("Aporte de cada parte a %(total)s de 100: %(parts)s") % {
            "total": format_number(self.total, 1),
            "parts": list_said(shown),
        }
        return fluid_root(
            label,
            element("rect", y=BAR_TOP, width="100%", height=BAR_HEIGHT, rx=3, class_="c-track"),
            *(_threshold(mark) for mark in self.thresholds),
            *self._parts(),
            self._total(),
            *(_axis(tick) for tick in (0, 25, 50, 75, 100)),
            height=HEIGHT,
        )

    def table(self) -> ChartTable:
        rows = tuple((p.label, format_number(p.points, 1)) for p in self.parts)
        total = (_("Total"), format_number(self.total, 1) if self.total is not None else MISSING)
        return ChartTable(_("Aporte de cada parte"), (_("Parte"), _("Puntos")), (*rows, total))

    def _parts(self) -> list[Svg]:
        left, drawn = 0.0, []
        for index, part in enumerate(self.parts):
            width = min(max(float(part.points or 0), 0.0), 100.0 - left)
            if width > 0:
                drawn.append(_part(index, left, width, format_number(part.points, 1)))
            left += width
        return drawn

    def _total(self) -> Svg:
        if self.total is None:
            return Svg("")
        total = float(self.total)
        x, anchor, shift = (total, "start", 9) if total < 90 else (100.0, "end", 0)
        y = BAR_TOP + 18 if total < 90 else 14
        return words(
            percent_of(x, 100),
            y,
            format_number(self.total, 1),
            "total",
            dx=shift,
            text_anchor=anchor,
        )


def _part(index: int, left: float, width: float, number: str) -> Svg:
    box = element(
        "rect",
        x=percent_of(left, 100),
        y=BAR_TOP,
        width=percent_of(max(width - 0.2, 0.1), 100),
        height=BAR_HEIGHT,
        rx=2,
        class_=f"c-part-{min(index, 5)}",
    )
    if width < ENOUGH_ROOM:
        return box
    css = "on-light" if index >= FIRST_LIGHT_PART else "on-dark"
    return join(box, words(percent_of(left, 100), BAR_TOP + 18, number, css, dx=8))


def _threshold(mark: Threshold) -> Svg:
    """Drawn first: the parts cover it, so that it never crosses a number."""
    x = percent_of(float(mark.value), 100)
    return join(
        element("line", x1=x, x2=x, y1=14, y2=52, class_="c-mark"),
        words(x, 10, mark.label, "axis", text_anchor="middle"),
    )


def _axis(tick: int) -> Svg:
    anchor = {0: "start", 100: "end"}.get(tick, "middle")
    return words(f"{tick}%", HEIGHT - 2, str(tick), "axis", text_anchor=anchor)
