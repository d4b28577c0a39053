"""The quadrant of money and progress: what is written in it can be read."""

import re
from decimal import Decimal

from sigpret.web.charts import Quadrant, QuadrantPoint
from sigpret.web.charts.quadrant import CORNERS, LETTER


def drawn(*marks):
    return Quadrant(marks, Decimal(20), Decimal(80), "Financiero", "Físico").svg()


def mark(code, physical, financial, side="progress_ahead"):
    return QuadrantPoint(
        code, "Eventos culturales en Choluteca", Decimal(physical), Decimal(financial),
        Decimal(100), side,
    )  # fmt: skip


def test_no_name_is_written_over_what_a_corner_means():
    svg = drawn(mark("1.23", 119, 68))
    x, y, anchor, said = re.search(
        r'x="([\d.]+)" y="([\d.]+)" class="q-label progress_ahead" text-anchor="(\w+)">([^<]+)',
        svg,
    ).groups()
    wide = LETTER * len(said)
    left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
    corner = CORNERS[0]
    assert left > corner[2] or float(y) - 11 > corner[3]


def test_an_alert_without_room_for_its_name_keeps_its_code():
    crowd = [mark(f"1.{n}", 100, 70 + n, "even") for n in range(1, 9)]
    svg = drawn(mark("2.9", 100, 75), mark("2.8", 101, 74), *crowd)
    assert "2.9" in svg
    assert svg.count("q-label progress_ahead") == 2
