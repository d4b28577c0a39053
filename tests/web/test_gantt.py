"""The chart of a year's activities, and the one of before and after."""

from datetime import date
from decimal import Decimal

from sigpret.web.charts import BeforeAfter, Gantt, GanttBar, QuarterShare

LATE = GanttBar(
    "3.2 Programación <b>", date(2026, 7, 1), date(2026, 9, 30), 70, "late", "atrasada",
    proposed=(date(2026, 7, 1), date(2026, 11, 20)),
)  # fmt: skip


def test_a_row_says_its_days_its_progress_and_what_is_proposed():
    drawn = Gantt("Plan", 2026, (LATE,), date(2026, 10, 13)).row(LATE)
    assert "del 1\xa0jul\xa02026 al 30\xa0sep\xa02026, atrasada, avance 70 %" in drawn
    assert "se propone del 1\xa0jul\xa02026 al 20\xa0nov\xa02026" in drawn
    assert "<b>" not in drawn
    assert "style=" not in drawn


def test_the_bar_stops_at_the_edges_of_the_year():
    bar = GanttBar("Larga", date(2025, 11, 1), date(2027, 2, 1), 0, "running", "en curso")
    drawn = Gantt("Plan", 2026, (bar,)).row(bar)
    assert 'x="0%"' in drawn
    assert 'width="100%"' in drawn


def test_today_is_drawn_only_in_its_year():
    chart = Gantt("Plan", 2025, (LATE,), date(2026, 10, 13))
    assert "g-today" not in chart.row(LATE)
    assert "hoy" not in chart.axis()


def test_the_table_says_the_same_as_the_drawing():
    (row,) = Gantt("Plan", 2026, (LATE,)).table().rows
    assert row[1:] == ("1\xa0jul\xa02026", "30\xa0sep\xa02026", "70 %", "atrasada")


def quarter(number: int, percent: str | None) -> QuarterShare:
    month = number * 3
    return QuarterShare(
        f"{number}", None if percent is None else Decimal(percent),
        date(2026, month - 2, 1), date(2026, month, 30),
    )  # fmt: skip


def test_before_and_after_says_each_side_and_the_day():
    chart = BeforeAfter(
        "Cumplimiento", (quarter(1, "98"), quarter(2, "91"), quarter(3, None)),
        day=date(2026, 5, 15), day_words="cumplido",
    )  # fmt: skip
    assert [row[2] for row in chart.table().rows] == ["antes", "después", "después"]
    assert "cumplido 15 de mayo de 2026" in chart.svg()
    assert chart.table().rows[2][1] == "—"


def test_without_a_day_nothing_is_marked():
    chart = BeforeAfter("Cumplimiento", (quarter(1, "98"), quarter(2, "91")))
    assert "c-day" not in chart.svg()
