"""How printed text wraps and lines up: segments of a line, and which line continues another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

# One space separates words, two or more (or a tab) separate cells. No alternative overlaps: linear.
SEGMENT = re.compile(r"[^ \t]+(?: [^ \t]+)*")
CODED = re.compile(r"0*([0-9]{1,9})(?: [-–—] ?|[-–—] )(\S.*)")
# A catalogue may hold codes of its own, such as U25 or SC34.
CATALOGUED = re.compile(r"0*([A-Z]{0,2}[0-9]{1,9})(?: [-–—] ?|[-–—] )(\S.*)")
OPENS_CODE = re.compile(r"[0-9]{1,9} ?[-–—]( .*)?")
NARROWEST_COLUMN = 30
ADJACENT_SHARE = 0.6
NEXT_PAGE_SHARE = 0.9
WIDEST_PAGE = 250


class Segment(NamedTuple):
    """Words printed together; `start` and `end` are character columns."""

    start: int
    end: int
    text: str


class Break(Enum):
    """What stands before a line."""

    NONE = auto()
    BLANK = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table or text, and what stands between it and the line before.

    `label` counts the characters of the label printed before the text.
    """

    number: int
    text: str
    after: Break = Break.NONE
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


def continues(filled: int, text: str, width: int, after: Break) -> bool:
    """Whether a line of `filled` characters was so full that `text` had to go to the next one.

    `width` is the longest piece of the same column: a line that had room for the next word was not
    wrapped, so what follows it is something else. Proportional letters make the measure rough.
    Nothing continues over a blank line, nor where lines are longer than a page is wide.
    """
    if after is Break.BLANK or width > WIDEST_PAGE:
        return False
    needed = filled + 1 + len(text.split(" ", 1)[0])
    share = NEXT_PAGE_SHARE if after is Break.PAGE else ADJACENT_SHARE
    return needed > share * max(width, NARROWEST_COLUMN)
