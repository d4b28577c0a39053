"""How a whole set stands: one bar cut by status, and the same bar a quarter ago, outlined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import ChartTable, Svg, element, fluid_root, join, percent_of, words
from sigpret.web.charts.wording import NOT_MISSING, NOT_REPORTED
from sigpret.web.statuses import ORDER, look_of

GAP = 0.3
HATCHED = (NOT_REPORTED, *NOT_MISSING)
# Under this share of the width a number is centred instead of set in from the edge.
NARROW = 5.0


@dataclass(frozen=True, slots=True)
class StatusStrip:
    """Counts by status under a label (`III trim. 2026`); `is_previous` draws outlines."""

    label: str
    counts: Mapping[str, int]
    is_previous: bool = False

    def svg(self) -> str:
        height = 18 if self.is_previous else 30
        spoken = ", ".join(
            f"{count} {str(look_of(status).word).lower()}" for status, count in self._present()
        )
        return fluid_root(
            f"{self.label}: {spoken or _('sin datos')}",
            *self._segments(height),
            height=height,
        )

    def table(self) -> ChartTable:
        return ChartTable(
            self.label,
            (_("Estado"), _("Cantidad")),
            tuple((str(look_of(status).word), str(count)) for status, count in self._present()),
        )

    def _present(self) -> list[tuple[str, int]]:
        return [(status, self.counts[status]) for status in ORDER if self.counts.get(status, 0) > 0]

    def _segments(self, height: int) -> list[Svg]:
        present = self._present()
        if not present:
            return [element("rect", width="100%", height=height, rx=3, class_="c-track")]
        total = sum(count for _status, count in present)
        room = 100.0 - GAP * (len(present) - 1)
        left, drawn = 0.0, []
        for status, count in present:
            width = room * count / total
            drawn.append(self._segment(status, count, left, width, height))
            left += width + GAP
        return drawn

    def _segment(self, status: str, count: int, left: float, width: float, height: int) -> Svg:
        x, wide = percent_of(left, 100), percent_of(width, 100)
        if status in HATCHED:
            box = _inset(x, wide, height, "c-hatch", fill=_hatch_of(status))
        elif self.is_previous:
            box = _inset(x, wide, height, "c-inset")
        else:
            box = element("rect", x=x, width=wide, height=height, rx=3, class_="c-fill")
        return element(
            "g", box, self._number(status, count, left, width, height), class_=look_of(status).css
        )

    def _number(self, status: str, count: int, left: float, width: float, height: int) -> Svg:
        css = "plated" if status in HATCHED else ("soft" if self.is_previous else "inside")
        base = height / 2 + (4 if self.is_previous else 5)
        if width < NARROW:
            middle = percent_of(left + width / 2, 100)
            return words(middle, base, str(count), css, text_anchor="middle")
        return words(percent_of(left, 100), base, str(count), css, dx=9)


def _hatch_of(status: str) -> str | None:
    return "url(#hatch)" if status == NOT_REPORTED else None


def _inset(x: str, width: str, height: int, css: str, fill: str | None = None) -> Svg:
    """A box whose outline stays inside it: the inner viewport cuts the outer half of the line."""
    inner = element("rect", width="100%", height="100%", class_=css, fill=fill)
    return join(element("svg", inner, x=x, y=0, width=width, height=height))
