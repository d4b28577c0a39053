"""Is what is paid for being delivered? Physical against financial, with the band where both go
together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from sigpret.web.charts.wording import list_said
from sigpret.web.formats import format_money_short, format_percent, format_signed

WIDTH, HEIGHT = 640, 630
LEFT, RIGHT, TOP, BOTTOM = 64, 626, 14, 578
SMALLEST, LARGEST = 5.0, 14.0
LETTER, LINE = 6.4, 14.0
MOST_SHOWN = 200.0
#: With more marks than this only the alerts are named: the rest is a cloud, read in the table.
MOST_NAMED = 30
SPOKEN = {
    "money_ahead": gettext_lazy("dinero sin avance"),
    "progress_ahead": gettext_lazy("avance sin dinero"),
}
Box = tuple[float, float, float, float]
#: Where the words of the corners stand: no label is written over them.
CORNERS: tuple[Box, ...] = (
    (LEFT + 12, TOP + 8, LEFT + 190, TOP + 42),
    (RIGHT - 190, BOTTOM - 42, RIGHT - 12, BOTTOM - 8),
)


@dataclass(frozen=True, slots=True)
class QuadrantPoint:
    """One thing: percentages 0-100, the size of its money, and on which side it stands."""

    code: str
    name: str
    physical: Decimal
    financial: Decimal
    money: Decimal
    side: str


@dataclass(frozen=True, slots=True)
class Quadrant:
    """`gap` in points is where an alert begins; `good` the percentage from which it goes well."""

    marks: tuple[QuadrantPoint, ...]
    gap: Decimal
    good: Decimal
    across: str
    upwards: str

    def svg(self) -> str:
        return root(
            self.label(),
            element(
                "rect", x=LEFT, y=TOP, width=RIGHT - LEFT, height=BOTTOM - TOP, class_="q-even"
            ),
            self._regions(),
            self._guides(),
            *self._ticks(),
            words((LEFT + RIGHT) / 2, BOTTOM + 43, self.across, "q-axis", text_anchor="middle"),
            words(
                0, 0, self.upwards, "q-axis", text_anchor="middle",
                transform=f"translate(12 {(TOP + BOTTOM) / 2:g}) rotate(-90)",
            ),
            *self._places(),
            *(self._mark(mark) for mark in self._largest_first()),
            *self._labels(),
            view=(WIDTH, HEIGHT),
            css="quadrant",
        )  # fmt: skip

    def table(self) -> ChartTable:
        rows = tuple(
            (
                f"{mark.code} {mark.name}",
                format_money_short(mark.money),
                format_percent(mark.financial, 0),
                format_percent(mark.physical, 0),
                format_signed(mark.physical - mark.financial, 0),
            )
            for mark in self.marks
        )
        heads = (_("Nombre"), _("Vigente"), _("Financiero"), _("Físico"), _("Brecha"))
        return ChartTable(_("Físico y financiero"), heads, rows)

    def label(self) -> str:
        """Who stands out, by side; the rest go together."""
        parts = []
        for side, spoken in SPOKEN.items():
            named = [mark.name for mark in self.marks if mark.side == side]
            if named:
                parts.append(f"{str(spoken).capitalize()}: {list_said(named)}.")
        said = _("Cuadrante de %(n)d.") % {"n": len(self.marks)}
        return " ".join([said, *parts, _("Los demás van parejos.")])

    def _span(self) -> tuple[float, float]:
        values = [float(v) for mark in self.marks for v in (mark.physical, mark.financial)]
        low = min([*values, float(self.good) - 40])
        ticks = nice_ticks(max(low - 5, 0.0), min(max([*values, 120.0]), MOST_SHOWN), 6)
        return ticks[0], ticks[-1]

    def _x(self, value: float) -> float:
        low, high = self._span()
        return Scale(low, high, LEFT, RIGHT)(min(max(value, low), high))

    def _y(self, value: float) -> float:
        low, high = self._span()
        return Scale(low, high, BOTTOM, TOP)(min(max(value, low), high))

    def _regions(self) -> Svg:
        """The corners where one side runs ahead of the other by more than the gap."""
        low, high = self._span()
        gap = float(self.gap)
        below = [(low + gap, low), (high, high - gap), (high, low)]
        above = [(low, low + gap), (high - gap, high), (low, high)]
        line = element(
            "path",
            d=f"M{self._x(low):.1f} {self._y(low):.1f}L{self._x(high):.1f} {self._y(high):.1f}",
            class_="q-diagonal",
        )
        return join(self._corner(below, "q-money"), self._corner(above, "q-progress"), line)

    def _corner(self, pairs: list[tuple[float, float]], css: str) -> Svg:
        placed = [(round(self._x(x), 1), round(self._y(y), 1)) for x, y in pairs]
        return element("polygon", points=points(placed), class_=css)

    def _guides(self) -> Svg:
        x, y = self._x(float(self.good)), self._y(float(self.good))
        return element(
            "path", d=f"M{x:.1f} {TOP}V{BOTTOM}M{LEFT} {y:.1f}H{RIGHT}", class_="q-guide"
        )

    def _ticks(self) -> list[Svg]:
        low, high = self._span()
        drawn = []
        for tick in nice_ticks(low, high, 6):
            said = format_percent(tick, 0)
            last = tick >= high
            anchor = "end" if last else "middle"
            drawn.append(words(self._x(tick), BOTTOM + 18, said, "axis", text_anchor=anchor))
            drawn.append(
                words(LEFT - 8, self._y(tick) + (9 if last else 4), said, "axis", text_anchor="end")
            )
        return drawn

    def _places(self) -> tuple[Svg, ...]:
        """What each corner means, in words."""
        return (
            words(LEFT + 12, TOP + 22, _("Avance sin dinero"), "q-name progress"),
            words(LEFT + 12, TOP + 38, _("se logra más de lo que se paga"), "q-note progress"),
            words(
                RIGHT - 12, BOTTOM - 28, _("Dinero sin avance"), "q-name money",
                text_anchor="end",
            ),
            words(
                RIGHT - 12, BOTTOM - 12, _("se paga más de lo que se logra"), "q-note money",
                text_anchor="end",
            ),
        )  # fmt: skip

    def _largest_first(self) -> list[QuadrantPoint]:
        return sorted(self.marks, key=lambda mark: -mark.money)

    def _radius(self, mark: QuadrantPoint) -> float:
        """The area says the money."""
        most = max((float(one.money) for one in self.marks), default=0.0)
        share = float(mark.money) / most if most > 0 else 0.0
        return float(SMALLEST + (LARGEST - SMALLEST) * max(share, 0.0) ** 0.5)

    def _mark(self, mark: QuadrantPoint) -> Svg:
        return side_mark(
            mark.side, self._x(float(mark.financial)), self._y(float(mark.physical)),
            self._radius(mark),
        )  # fmt: skip

    def _labels(self) -> list[Svg]:
        """Alerts by name where there is room, the rest by code; what finds no free place is read in
        the table."""
        taken: list[Box] = [*CORNERS]
        taken += [
            (x - r, y - r, x + r, y + r)
            for mark in self.marks
            for x, y, r in [
                (self._x(float(mark.financial)), self._y(float(mark.physical)), self._radius(mark))
            ]
        ]
        drawn = []
        order = sorted(self.marks, key=lambda mark: (mark.side not in SPOKEN, -mark.money))
        for mark in order:
            is_alert = mark.side in SPOKEN
            if not is_alert and len(self.marks) > MOST_NAMED:
                continue
            css = f"q-label {mark.side}" if is_alert else "q-label"
            named = [f"{mark.code} {_short(mark.name)}"] if is_alert else []
            for said in (*named, mark.code):
                if (place := self._free_place(mark, said, taken)) is not None:
                    x, y, anchor, box = place
                    taken.append(box)
                    drawn.append(words(round(x, 1), round(y, 1), said, css, text_anchor=anchor))
                    break
        return drawn

    def _free_place(
        self, mark: QuadrantPoint, said: str, taken: list[Box]
    ) -> tuple[float, float, str, Box] | None:
        x, y = self._x(float(mark.financial)), self._y(float(mark.physical))
        r, wide = self._radius(mark), LETTER * len(said)
        for at, down, anchor, left in (
            (x + r + 4, y + 4, "start", x + r + 4),
            (x - r - 4, y + 4, "end", x - r - 4 - wide),
            (x, y - r - 5, "middle", x - wide / 2),
            (x, y + r + 13, "middle", x - wide / 2),
        ):
            box = (left, down - LINE + 3, left + wide, down + 3)
            is_inside = box[0] >= LEFT and box[2] <= RIGHT and box[1] >= TOP and box[3] <= BOTTOM
            own = (x - r, y - r, x + r, y + r)
            if is_inside and not any(_touch(box, other) for other in taken if other != own):
                return at, down, anchor, box
        return None


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25].rstrip()}…"


def side_mark(side: str, x: float, y: float, r: float) -> Svg:
    """A square where money runs ahead, a diamond where progress does, a ring where both go."""
    if side == "money_ahead":
        return element(
            "rect", x=round(x - r, 1), y=round(y - r, 1), width=round(2 * r, 1),
            height=round(2 * r, 1), rx=1.5, class_="q-mark money_ahead",
        )  # fmt: skip
    if side == "progress_ahead":
        half = f"{r * 1.2:.1f}"
        d = f"M{x:.1f} {y - r * 1.2:.1f}l{half} {half}-{half} {half}-{half}-{half}z"
        return element("path", d=d, class_="q-mark progress_ahead")
    return element("circle", cx=round(x, 1), cy=round(y, 1), r=round(r, 1), class_="q-mark even")


@dataclass(frozen=True, slots=True)
class SideMark:
    """The sign of a side beside its word."""

    side: str

    def svg(self) -> str:
        return Svg(
            '<svg class="q-sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">'
            f"{side_mark(self.side, 7, 7, 4.5)}</svg>"
        )


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Financial (ring) and physical (dot) of one row, on the scale all rows share (0 to `most`)."""

    physical: Decimal
    financial: Decimal
    most: Decimal
    side: str

    def svg(self) -> str:
        scale = Scale(0.0, max(float(self.most), 100.0), 6, 92)
        paid, done, whole = (
            round(scale(min(max(float(value), 0.0), float(max(self.most, Decimal(100))))), 1)
            for value in (self.financial, self.physical, Decimal(100))
        )
        return Svg(
            '<svg class="dumbbell" width="98" height="18" viewBox="0 0 98 18" aria-hidden="true">'
            + element("path", d=f"M{whole} 1v16", class_="q-diagonal")
            + element("path", d=f"M{paid} 9H{done}", class_=f"q-bar {self.side}")
            + element("circle", cx=paid, cy=9, r=4.5, class_="q-paid")
            + element("circle", cx=done, cy=9, r=4.5, class_="q-done")
            + "</svg>"
        )
