"""What moved a number from one quarter to the next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import ChartTable, Scale, Svg, element, join, root, words
from sigpret.web.charts.wording import list_said
from sigpret.web.formats import format_number, format_signed

WIDTH, HEIGHT = 524, 248
TOP, BOTTOM = 30, 192
BAR = 62
LINE_LENGTH = 13


@dataclass(frozen=True, slots=True)
class Movement:
    """One cause and the points it added or took away."""

    label: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From `start` to `end` through its movements; the axis may not start at 0 and then says so."""

    start_label: str
    start: Decimal
    movements: tuple[Movement, ...]
    end_label: str
    end: Decimal

    def svg(self) -> str:
        return root(
            self.label(),
            self._total(0, self.start_label, self.start),
            *(self._step(index) for index in range(len(self.movements))),
            self._total(len(self.movements) + 1, self.end_label, self.end),
            *(self._join(index, level) for index, level in enumerate(self._levels())),
            self._axis_note(),
            view=(WIDTH, HEIGHT),
            css="wide-cap",
        )

    def table(self) -> ChartTable:
        return ChartTable(
            _("Qué movió el resultado"),
            (_("Causa"), _("Puntos")),
            (
                (self.start_label, format_number(self.start, 1)),
                *((m.label, format_signed(m.points, 1)) for m in self.movements),
                (self.end_label, format_number(self.end, 1)),
            ),
        )

    def label(self) -> str:
        """`De 79.4 a 76.0: eficacia resta 4.6 y calidad suma 1.3`."""
        spoken = [
            (_("%(label)s suma %(points)s") if m.points >= 0 else _("%(label)s resta %(points)s"))
            % {"label": m.label, "points": format_number(abs(m.points), 1)}
            for m in self.movements
        ]
        return _("De %(start)s a %(end)s: %(causes)s") % {
            "start": format_number(self.start, 1),
            "end": format_number(self.end, 1),
            "causes": list_said(spoken) or _("sin cambios"),
        }

    def _levels(self) -> list[float]:
        """The height after the start and after each movement."""
        return list(accumulate([float(self.start), *(float(m.points) for m in self.movements)]))

    def _floor(self) -> float:
        lowest = min([*self._levels(), float(self.end)])
        highest = max([*self._levels(), float(self.end)])
        spread = max(highest - lowest, 1.0)
        floor = 2 * int((lowest - spread) // 2)
        return float(max(floor, 0)) if lowest >= 0 else lowest

    def _y(self, value: float) -> float:
        highest = max([*self._levels(), float(self.end)])
        return Scale(self._floor(), max(highest, self._floor() + 1), BOTTOM, TOP)(value)

    def _x(self, index: int) -> float:
        step = (WIDTH - 16 - BAR) / (len(self.movements) + 1)
        return 8 + step * index

    def _width(self) -> float:
        """Bars stay apart however many causes there are."""
        step = (WIDTH - 16 - BAR) / (len(self.movements) + 1)
        return min(float(BAR), step * 0.8)

    def _total(self, index: int, label: str, value: Decimal) -> Svg:
        y = self._y(float(value))
        middle = self._x(index) + self._width() / 2
        return join(
            element(
                "rect",
                x=self._x(index),
                y=y,
                width=self._width(),
                height=max(BOTTOM - y, 1.0),
                rx=2,
                class_="c-total",
            ),
            words(middle, y - 6, format_number(value, 1), "plan-value", text_anchor="middle"),
            _name(middle, label),
        )

    def _step(self, index: int) -> Svg:
        levels, movement = self._levels(), self.movements[index]
        top = self._y(max(levels[index], levels[index + 1]))
        bottom = self._y(min(levels[index], levels[index + 1]))
        x = self._x(index + 1)
        middle = x + self._width() / 2
        gained = movement.points >= 0
        return element(
            "g",
            element(
                "rect",
                x=x,
                y=top,
                width=self._width(),
                height=max(bottom - top, 1.0),
                rx=2,
                class_="c-fill",
            ),
            words(
                middle,
                top - 6 if gained else bottom + 15,
                format_signed(movement.points, 1),
                "value",
                text_anchor="middle",
            ),
            _name(middle, movement.label),
            class_="good" if gained else "bad",
        )

    def _join(self, index: int, level: float) -> Svg:
        y = self._y(level)
        start, end = self._x(index) + self._width(), self._x(index + 1)
        return element("path", d=f"M{start:.1f} {y:.1f}H{end:.1f}", class_="c-join")

    def _axis_note(self) -> Svg:
        floor = self._floor()
        if floor == 0:
            return Svg("")
        note = _("El eje empieza en %(floor)s") % {"floor": format_number(floor, 0)}
        return words(8, HEIGHT - 4, note, "note")


def _name(middle: float, label: str) -> Svg:
    return join(
        *(
            words(middle, BOTTOM + 17 + 14 * row, line, text_anchor="middle")
            for row, line in enumerate(_lines(label))
        )
    )


def _lines(label: str) -> list[str]:
    """At most two lines of a narrow heading."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LINE_LENGTH and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
