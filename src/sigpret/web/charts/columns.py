"""Cards in columns joined by lines: where each stands, how thick each line is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sigpret.web.charts.svg import Svg, words

CARD, GAP = 194, 88
HALF_CARD = CARD / 2
SPACE = 16
THINNEST, THICKER = 1.5, 5.5


@dataclass(frozen=True, slots=True)
class Box:
    """Where a card stands."""

    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


Places = dict[str, Box]


def left_of(column: int) -> float:
    """Where a column begins, counted from 0."""
    return column * (CARD + GAP)


def stack(places: Places, x: float, height: float, codes: Sequence[str]) -> float:
    """One under the other from the top; how far down they reach."""
    for number, code in enumerate(codes):
        places[code] = Box(x, number * (height + SPACE), height)
    return len(codes) * (height + SPACE)


def spread(places: Places, x: float, height: float, codes: Sequence[str], tallest: float) -> float:
    """The cards over the whole height, when there is more than they need."""
    step = max(height + SPACE, tallest / max(len(codes), 1))
    for number, code in enumerate(codes):
        places[code] = Box(x, number * step, height)
    return len(codes) * (height + SPACE)


def beside(
    places: Places,
    x: float,
    height: float,
    codes: Sequence[str],
    below: Mapping[str, Sequence[str]],
) -> float:
    """Each card at the middle of what it receives, never over the one before it."""

    def wanted(code: str) -> float:
        found = [places[one].middle for one in below.get(code, ()) if one in places]
        return sum(found) / len(found) if found else 0.0

    y = 0.0
    for code in sorted(codes, key=lambda one: (wanted(one), one)):
        y = max(y, wanted(code) - height / 2)
        places[code] = Box(x, y, height)
        y += height + SPACE
    return y


def thickness(weight: Decimal) -> float:
    """Of a line that weighs so much of 100."""
    return THINNEST + THICKER * min(float(weight), 100.0) / 100


def curve(left: Box, right: Box) -> str:
    """From the right side of a card to the left side of another."""
    start, end = left.x + CARD, right.x - 2
    bend = start + (end - start) * 0.45
    return (
        f"M{start:.1f} {left.middle:.1f}C{bend:.1f} {left.middle:.1f} "
        f"{start + 4:.1f} {right.middle:.1f} {end - 40:.1f} {right.middle:.1f}"
        f"L{end:.1f} {right.middle:.1f}"
    )


def text_lines(x: float, y: float, lines: Sequence[str], css: str, *, step: float) -> list[Svg]:
    """Lines of text, each `step` under the one before."""
    return [words(x, y + step * number, line, css) for number, line in enumerate(lines)]
