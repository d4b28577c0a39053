"""The small SVG writer under every chart."""

import pytest

from sigpret.web.charts.svg import Scale, Svg, element, nice_ticks, percent_of


def test_text_inside_an_element_is_escaped_once():
    inner = element("tspan", "1 < 2")
    assert element("text", "a & b ", inner) == "<text>a &amp; b <tspan>1 &lt; 2</tspan></text>"


def test_an_attribute_cannot_close_its_quotes():
    assert element("rect", class_='x" onload="y') == '<rect class="x&quot; onload=&quot;y"/>'


def test_an_absent_attribute_is_left_out():
    assert element("rect", x=0, fill=None) == '<rect x="0"/>'


@pytest.mark.parametrize(
    ("part", "whole", "place"),
    [(1, 4, "25%"), (-3, 4, "0%"), (9, 4, "100%"), (1, 0, "0%"), (1, 3, "33.33%")],
)
def test_a_place_stays_inside_the_drawing(part, whole, place):
    assert percent_of(part, whole) == place


def test_a_flat_scale_does_not_divide_by_zero():
    assert Scale(5, 5, 10, 90)(5) == 10


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1200, (0, 300, 600, 900, 1200)),
        (0, 1, (0, 0.25, 0.5, 0.75, 1)),
        (0, 85, (0, 25, 50, 75, 100)),
    ],
)
def test_ticks_are_round_and_cover_the_data(low, high, ticks):
    assert nice_ticks(low, high) == pytest.approx(ticks)


def test_escaped_text_stays_escaped_when_joined_again():
    assert element("g", Svg("<path/>")) == "<g><path/></g>"
