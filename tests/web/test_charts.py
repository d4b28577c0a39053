"""What every chart owes its readers, whoever draws it and whatever it is given."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sigpret.web import charts, specimens

HOSTILE = '<script>alert("1")</script>&\''

EVERY_CHART = {
    **{f"bullet {name}": bullet for name, bullet in specimens.BULLETS},
    **{
        name: chart
        for name, chart in specimens.drawings().items()
        if hasattr(chart, "svg") and name != "bullets"
    },
}
NOTHING_KNOWN = {
    "bullet": charts.Bullet(None, None, None, "not_due"),
    "spark": charts.Spark(()),
    "strip": charts.StatusStrip("III trim. 2026", {}),
    "trajectory": charts.Trajectory("Sin datos", (charts.TrajectoryPoint("dic", None),), "not_due"),
    "contribution": charts.ContributionBar((), None),
    "waterfall": charts.Waterfall("II", Decimal(0), (), "III", Decimal(0)),
    "band": charts.BandChart((), (), None),
    "bars": charts.QuarterBars(()),
    "tiles": charts.TileMap("Sin datos", {}),
    "control": charts.ControlChart("Sin datos", ()),
}
HOSTILE_CHARTS = {
    "bullet": charts.Bullet(Decimal(1), Decimal(2), Decimal(3), "behind", HOSTILE),
    "spark": charts.Spark((charts.SparkPoint(HOSTILE, Decimal(1), "behind"),)),
    "strip": charts.StatusStrip(HOSTILE, {"behind": 1}),
    "trajectory": charts.Trajectory(
        HOSTILE,
        (charts.TrajectoryPoint(HOSTILE, Decimal(1), Decimal(1)),
         charts.TrajectoryPoint(HOSTILE, Decimal(2))),
        "behind",
        noun=HOSTILE,
        target_words=HOSTILE,
    ),
    "contribution": charts.ContributionBar(
        (charts.Contribution(HOSTILE, Decimal(9)),),
        Decimal(9),
        (charts.Threshold(Decimal(60), HOSTILE),),
    ),
    "waterfall": charts.Waterfall(
        HOSTILE, Decimal(1), (charts.Movement(HOSTILE, Decimal(1)),), HOSTILE, Decimal(2)
    ),
    "band": charts.BandChart((charts.Peer(HOSTILE, 3, Decimal(50)),), (), None, HOSTILE),
    "bars": charts.QuarterBars((charts.QuarterBar(HOSTILE, Decimal(1), None, "behind"),)),
    "tiles": charts.TileMap(HOSTILE, {}),
    "control": charts.ControlChart(
        HOSTILE, (charts.ControlPoint(HOSTILE, Decimal(1), Decimal(2)),),
        Decimal(0), Decimal(3), HOSTILE,
    ),
}  # fmt: skip


def drawn(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{chart.svg()}</div>")  # noqa: S314 - our own text


@pytest.mark.parametrize("chart", [*EVERY_CHART.values(), *NOTHING_KNOWN.values()])
def test_a_chart_is_an_image_with_words(chart):
    for image in drawn(chart).findall("svg"):
        assert image.get("role") == "img"
        assert image.get("aria-label")


@pytest.mark.parametrize("chart", EVERY_CHART.values(), ids=EVERY_CHART)
def test_a_chart_has_its_table(chart):
    table = chart.table()
    assert table.caption
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.headings)}


@pytest.mark.parametrize("chart", [*EVERY_CHART.values(), *NOTHING_KNOWN.values()])
def test_nothing_has_a_negative_size(chart):
    for shape in drawn(chart).iter():
        for side in ("width", "height", "r"):
            size = (shape.get(side) or "0").rstrip("%")
            assert float(size) >= 0, ElementTree.tostring(shape)


@pytest.mark.parametrize("chart", [*EVERY_CHART.values(), *HOSTILE_CHARTS.values()])
def test_a_strict_content_policy_has_nothing_to_refuse(chart):
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|javascript:", chart.svg())


@pytest.mark.parametrize("chart", HOSTILE_CHARTS.values(), ids=HOSTILE_CHARTS)
def test_words_from_people_are_text_and_never_markup(chart):
    image = drawn(chart)
    assert not list(image.iter("script"))
    assert "alert" in str(chart.table()), "the specimen must really carry the hostile words"


@pytest.mark.parametrize("chart", NOTHING_KNOWN.values(), ids=NOTHING_KNOWN)
def test_a_chart_without_data_still_draws(chart):
    assert chart.svg().startswith("<svg")
    assert "nan" not in chart.svg().lower()


def classes(chart: charts.Chart) -> set[str]:
    return {name for part in drawn(chart).iter() for name in (part.get("class") or "").split()}


def test_a_reported_zero_a_missing_value_and_one_not_due_are_three_drawings():
    zero = charts.Bullet(Decimal(0), Decimal(3), Decimal(4), "behind")
    missing = charts.Bullet(None, Decimal(3), Decimal(4), "not_reported")
    not_due = charts.Bullet(None, None, Decimal(4), "not_due")
    assert "zero" in classes(zero)
    assert "url(#hatch)" in missing.svg()
    assert "url(#hatch)" not in not_due.svg() + zero.svg()
    assert "Logrado 0" in zero.label()
    assert "Logrado sin reporte" in missing.label()
    assert "Logrado no vence" in not_due.label()


def test_what_has_no_denominator_is_not_drawn_as_missing():
    nothing = charts.Bullet(None, Decimal(3), Decimal(4), "no_denominator")
    assert "url(#hatch)" not in nothing.svg()
    assert "Logrado sin denominador" in nothing.label()


def test_a_bullet_says_its_three_numbers():
    bullet = charts.Bullet(Decimal(61), Decimal(80), Decimal(85), "behind", "%")
    assert bullet.label().replace("\u00a0", " ") == (
        "Logrado 61 %, programado a la fecha 80 %, meta anual 85 %"
    )


def test_when_less_is_better_the_bar_measures_the_way_from_the_baseline():
    bullet = charts.Bullet(
        Decimal("34.8"), Decimal("31"), Decimal("29"), "behind", "%", baseline=Decimal("36.2")
    )
    bar = next(part for part in drawn(bullet).iter() if part.get("class") == "c-fill")
    assert bar.get("width") == "18.7%"  # 1.4 of 7.2 points, and room for the diamond


def test_going_the_wrong_way_is_an_empty_bar_and_not_a_negative_one():
    bullet = charts.Bullet(
        Decimal(40), Decimal(31), Decimal(29), "behind", "%", baseline=Decimal("36.2")
    )
    assert "zero" in classes(bullet)


def test_the_line_of_quarters_breaks_where_nobody_reported():
    line = specimens.drawings()["broken_spark"]
    parts = list(drawn(line).iter())
    assert len([part for part in parts if part.tag == "polyline"]) == 2
    assert len([part for part in parts if part.get("class") == "c-gap"]) == 2
    assert "sin reporte" in parts[1].get("aria-label")


def test_an_outlier_does_not_leave_the_drawing():
    line = charts.Spark(
        (charts.SparkPoint("I", Decimal(900), "exceeded"),
         charts.SparkPoint("II", Decimal(-20), "behind"))
    )  # fmt: skip
    heights = [float(y) for y in re.findall(r",([\d.]+)", line.svg().split("points=")[1])]
    assert all(0 <= y <= 28 for y in heights)


def test_the_strip_shows_worst_first_and_hatches_what_was_not_reported():
    strip = charts.StatusStrip("III trim. 2026", {"on_track": 3, "not_reported": 1, "behind": 2})
    assert [row[0] for row in strip.table().rows] == ["Rezagada", "Sin reporte", "En ruta"]
    assert strip.svg().count("url(#hatch)") == 1
    numbers = [part.text for part in drawn(strip).iter("text")]
    assert numbers == ["2", "1", "3"]


def test_a_previous_quarter_is_outlined():
    before = charts.StatusStrip("II trim. 2026", {"behind": 2}, is_previous=True)
    assert "c-inset" in classes(before)


def test_a_trajectory_is_drawn_wide_and_narrow_with_the_same_words():
    images = drawn(specimens.TRAJECTORY).findall("svg")
    assert [image.get("class").split()[2] for image in images] == ["only-wide", "only-narrow"]
    label = images[0].get("aria-label")
    assert images[1].get("aria-label") == label
    for value in ("268", "561", "742", "1,200", "unos 990"):
        assert value in label


def test_a_trajectory_without_a_projection_promises_nothing():
    plain = charts.Trajectory("Sitios", specimens.TRAJECTORY.points, "at_risk")
    assert "c-projected" not in classes(plain)
    assert "Proyección" not in plain.label()


def test_contributions_never_pass_a_hundred():
    parts = tuple(charts.Contribution(f"Parte {i}", Decimal(60)) for i in range(3))
    bar = charts.ContributionBar(parts, Decimal(100))
    widths = [
        float(part.get("width").rstrip("%"))
        for part in drawn(bar).iter("rect")
        if (part.get("class") or "").startswith("c-part")
    ]
    assert sum(widths) <= 100


def test_a_waterfall_that_does_not_start_at_zero_says_so():
    assert "El eje empieza en 66" in specimens.WATERFALL.svg()
    from_zero = charts.Waterfall("I", Decimal(1), (), "II", Decimal(1))
    assert "El eje empieza" not in from_zero.svg()


def test_a_waterfall_reads_as_a_sentence():
    assert specimens.WATERFALL.label() == (
        "De 79.4 a 76.0: Eficacia resta 4.6, Metas sectoriales resta 1.2, "
        "Presupuesto suma 1.1 y Calidad suma 1.3"
    )


def test_peers_are_listed_by_name_because_there_is_no_rank():
    names = [row[0] for row in specimens.BAND.table().rows]
    assert names == sorted(names)


def test_the_country_has_eighteen_departments_each_in_its_place():
    places = {(place.column, place.row) for place in charts.DEPARTMENTS.values()}
    assert len(charts.DEPARTMENTS) == len(places) == 18


def test_a_department_without_data_is_hatched_and_stays_on_the_map():
    empty = charts.TileMap("Sitios", {"17": charts.TileDatum(Decimal(0), Decimal(37), "behind")})
    assert len(empty.table().rows) == 18
    assert empty.svg().count("url(#hatch)") == 2 * 17
    valle = next(row for row in empty.table().rows if row[0] == "Valle")
    assert valle[1:4] == ("0", "37", "0\u00a0%")


def test_a_quarter_without_a_report_is_not_a_short_bar():
    bars = charts.QuarterBars(
        (
            charts.QuarterBar("I", Decimal(2), Decimal(0), "behind"),
            charts.QuarterBar("II", Decimal(4), None, "not_reported"),
            charts.QuarterBar("III", Decimal(6), None, "not_due"),
        )
    )
    assert bars.svg().count("url(#hatch)") == 1
    assert [row[2] for row in bars.table().rows] == ["0", "sin reporte", "no vence"]
