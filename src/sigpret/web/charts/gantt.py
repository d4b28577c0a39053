"""When each thing is done: a bar per row along a year, its progress inside, today across all.

The rows of a table carry the drawings, one each, so that what is drawn is also read beside it.
Places are percents of the width: the text of the axis keeps its size at any width.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import (
    ChartTable,
    Svg,
    element,
    fluid_root,
    join,
    percent_of,
    words,
)
from sigpret.web.dates import MONTHS, short_date

ROW, BAR, AXIS = 48.0, 13.0, 38.0
TAG = 72.0
QUARTER_MONTHS = frozenset({4, 7, 10})
#: How each pace is drawn; the word is always in the row.
CSS = {"done": "g-done", "late": "g-late", "running": "g-running", "to_start": "g-next"}


@dataclass(frozen=True, slots=True)
class GanttBar:
    """One row. `percent` 0-100; `pace` done, late, running or to_start; `proposed` the days
    another version would give it."""

    label: str
    start: date
    end: date
    percent: int
    pace: str
    pace_words: str
    proposed: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One bar with its drawing, for its place in the table."""

    chart: Gantt
    bar: GanttBar

    def svg(self) -> str:
        return self.chart.row(self.bar)


@dataclass(frozen=True, slots=True)
class GanttAxis:
    """The drawing of the head of the table."""

    chart: Gantt

    def svg(self) -> str:
        return self.chart.axis()


@dataclass(frozen=True, slots=True)
class Gantt:
    """The bars of a year; what falls outside it stops at its edges."""

    title: str
    year: int
    bars: tuple[GanttBar, ...]
    today: date | None = None

    def axis(self) -> str:
        """The months and today, for the head of the table; decorative, each row says its days."""
        names = (
            words(
                percent_of(self._day(date(self.year, month, 1)), self._days()),
                AXIS - 8,
                MONTHS[month - 1][:3],
                "axis",
                dx=3,
            )
            for month in range(1, 13)
        )
        drawn = fluid_root("", *names, self._today_tag(), height=AXIS, css="gantt-axis")
        return Svg(drawn.replace('role="img" aria-label=""', 'aria-hidden="true"'))

    def row(self, bar: GanttBar) -> str:
        """The drawing of one row, with its days, its progress and its pace in words."""
        return fluid_root(
            self.label_of(bar),
            self._grid(),
            self._bar(bar),
            self._proposed(bar),
            self._today_line(),
            height=ROW,
            css="gantt-row",
        )

    def rows(self) -> tuple[GanttRow, ...]:
        return tuple(GanttRow(self, bar) for bar in self.bars)

    def head(self) -> GanttAxis:
        return GanttAxis(self)

    def svg(self) -> str:
        """Everything one under the other, for where there is no table."""
        return join(Svg(self.axis()), *(Svg(self.row(bar)) for bar in self.bars))

    def table(self) -> ChartTable:
        rows = tuple(
            (bar.label, short_date(bar.start), short_date(bar.end), f"{bar.percent} %",
             bar.pace_words)
            for bar in self.bars
        )  # fmt: skip
        headings = (_("Actividad"), _("Empieza"), _("Termina"), _("Avance"), _("Estado"))
        return ChartTable(self.title, headings, rows)

    def label_of(self, bar: GanttBar) -> str:
        said = _("%(label)s: del %(start)s al %(end)s, %(pace)s, avance %(percent)s %%") % {
            "label": bar.label,
            "start": short_date(bar.start),
            "end": short_date(bar.end),
            "pace": bar.pace_words,
            "percent": bar.percent,
        }
        if bar.proposed is None:
            return said
        words_ = _("%(said)s; se propone del %(start)s al %(end)s")
        start, end = (short_date(day) for day in bar.proposed)
        return words_ % {"said": said, "start": start, "end": end}

    def _days(self) -> int:
        return (date(self.year + 1, 1, 1) - date(self.year, 1, 1)).days

    def _day(self, day: date) -> int:
        return (day - date(self.year, 1, 1)).days

    def _x(self, day: date) -> str:
        return percent_of(self._day(day), self._days())

    def _width(self, start: date, end: date) -> str:
        """The last day is whole; what is outside the year takes no room."""
        first = max(self._day(start), 0)
        last = min(self._day(end) + 1, self._days())
        return percent_of(max(last - first, 0), self._days())

    def _grid(self) -> Svg:
        return join(
            *(
                element(
                    "line",
                    x1=self._x(date(self.year, month, 1)),
                    x2=self._x(date(self.year, month, 1)),
                    y1=0,
                    y2=ROW,
                    class_="c-grid g-quarter" if month in QUARTER_MONTHS else "c-grid",
                )
                for month in range(2, 13)
            )
        )

    def _bar(self, bar: GanttBar) -> Svg:
        css = CSS.get(bar.pace, "g-next")
        top = (ROW - BAR) / 2
        whole = element(
            "rect",
            x=self._x(bar.start),
            y=top,
            width=self._width(bar.start, bar.end),
            height=BAR,
            rx=2,
            class_=css,
        )
        if bar.pace == "done" or not bar.percent:
            return whole
        days = (bar.end - bar.start).days + 1
        first = max(self._day(bar.start), 0)
        reached = min(self._day(bar.start) + days * bar.percent / 100, self._days())
        told = element(
            "rect",
            x=self._x(bar.start),
            y=top,
            width=percent_of(max(reached - first, 0), self._days()),
            height=BAR,
            rx=2,
            class_=f"{css}-told",
        )
        return join(whole, told)

    def _proposed(self, bar: GanttBar) -> Svg:
        """Only what it adds after the end it has now, or all of it when it moves away."""
        if bar.proposed is None:
            return Svg("")
        start, end = bar.proposed
        first = bar.end if start <= bar.end < end else start
        return element(
            "rect",
            x=self._x(first),
            y=(ROW - BAR) / 2,
            width=self._width(first, end),
            height=BAR,
            rx=2,
            class_="g-proposed",
        )

    def _today_line(self) -> Svg:
        if self.today is None or self.today.year != self.year:
            return Svg("")
        x = self._x(self.today)
        return element("line", x1=x, x2=x, y1=0, y2=ROW, class_="g-today")

    def _today_tag(self) -> Svg:
        if self.today is None or self.today.year != self.year:
            return Svg("")
        x = self._x(self.today)
        name = _("hoy, %(day)s") % {"day": f"{self.today.day} {MONTHS[self.today.month - 1][:3]}"}
        # A drawing of its own at that place: inside it, places are no longer percents.
        tag = element(
            "svg",
            element("rect", x=-TAG / 2, y=0, width=TAG, height=17, rx=8, class_="g-today-tag"),
            words(0, 12.5, name, "g-today-name", text_anchor="middle"),
            x=x,
            class_="g-loose",
        )
        return join(element("line", x1=x, x2=x, y1=17, y2=AXIS, class_="g-today"), tag)
