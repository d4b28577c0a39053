"""How printed text wraps and lines up: segments of a line, and which line continues another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

# One space separates words, two or more (or a tab) separate cells. No alternative overlaps: linear.
SEGMENT = re.compile(r"[^ \t]+(?: [^ \t]+)*")
CODED = re.compile(r"0*([0-9]{1,9})(?: [-–—] ?|[-–—] )(\S.*)")
OPENS_CODE = re.compile(r"[0-9]{1,9} ?[-–—]( .*)?")
NARROWEST_COLUMN = 30
ADJACENT_SHARE = 0.6
AFTER_GAP_SHARE = 0.9


class Segment(NamedTuple):
    """Words printed together; `start` and `end` are character columns."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table or text; `after_gap` when a blank line or a page stands before it.

    `label` counts the characters of the label printed before the text.
    """

    number: int
    text: str
    after_gap: bool
    label: int = 0

    @property
    def filled(self) -> int:
        """How many characters the line takes, its label included."""
        return self.label + len(self.text)


def segments(text: str) -> list[Segment]:
    """The groups of words of a line, with their columns."""
    return [Segment(found.start(), found.end(), found.group()) for found in SEGMENT.finditer(text)]


def tidy(text: str) -> str:
    """Single spaces, none at the ends."""
    return " ".join(text.split())


def continues(filled: int, text: str, width: int, *, after_gap: bool) -> bool:
    """Whether a line of `filled` characters was so full that `text` had to go to the next one.

    `width` is the longest piece of the same column: a line that had room for the next word was not
    wrapped, so what follows it is something else. Proportional letters make the measure rough.
    """
    needed = filled + 1 + len(text.split(" ", 1)[0])
    share = AFTER_GAP_SHARE if after_gap else ADJACENT_SHARE
    return needed > share * max(width, NARROWEST_COLUMN)
