"""The header every page of the report prints, in any order, and how it is told from the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from sigpret.intake.readers.layout import segments, tidy

LONGEST_HEADER_LINE = 2000
CLOCK = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: ?([ap])\.? ?m\.?)?"
DAY = r"(?:fecha ?:? ?)?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})"


class Item(Enum):
    """A kind of thing in the page header."""

    INSTITUTION = auto()
    YEAR = auto()
    REPORT = auto()
    INSTANT = auto()
    DAY = auto()
    CLOCK = auto()
    PAGE = auto()
    TITLE = auto()


PATTERNS: tuple[tuple[Item, re.Pattern[str]], ...] = tuple(
    (item, re.compile(pattern, re.IGNORECASE))
    for item, pattern in (
        (Item.INSTITUTION, r"instituci[oó]n ?: ?([A-Z]{0,2}[0-9].*)"),
        (Item.YEAR, r"(?:ejercicio(?: fiscal)?|gesti[oó]n) ?: ?([0-9]{4})"),
        (Item.REPORT, r"rep(?:orte)?\.? ?: ?(R[0-9]{4,12})"),
        (Item.INSTANT, f"{DAY} (?:hora ?:? ?)?{CLOCK}"),
        (Item.DAY, DAY),
        (Item.CLOCK, f"(?:hora ?:? ?)?{CLOCK}"),
        (Item.PAGE, r"p[aá]g(?:ina)?\.? ?:? ?([0-9]{1,6})(?: ?(?:de|/) ?([0-9]{1,6}))?"),
        (Item.TITLE, r"plan estrat[eé]gico y operativo"),
        (Item.TITLE, r"rep[uú]blica de honduras"),
        (Item.TITLE, r"secretar[ií]a de (?:estado en el despacho de )?finanzas"),
    )
)
ITEM_STARTS = re.compile(
    r"(?<![^ ])(?:(?:instituci[oó]n|ejercicio(?: fiscal)?|gesti[oó]n|rep(?:orte)?\.?) ?:|"
    r"(?:fecha ?:? ?)?[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})",
    re.IGNORECASE,
)
# Most lines are no header; telling so must be cheap.
MAY_BEGIN = re.compile(
    r"[ \t]*(?:[0-9]{1,2}[/:]|(?:inst|ejer|gesti|rep|plan|secr|fech|hora|p[aá]g))", re.IGNORECASE
)
LABEL_ALONE = re.compile(r"(?:instituci[oó]n|ejercicio|gesti[oó]n|rep) ?:", re.IGNORECASE)
# Only a page header says these; a title or a date could also be the end of a wrapped name.
DECISIVE = frozenset({Item.INSTITUTION, Item.YEAR, Item.REPORT, Item.INSTANT})


class HeaderItem(NamedTuple):
    """One recognised item with the parts its pattern captures."""

    kind: Item
    text: str
    parts: tuple[str | None, ...]


@dataclass(slots=True)
class PageHeader:
    """What one page header states; lists, because a damaged page may state it twice."""

    line: int
    institution: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    report_ids: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def take(self, item: HeaderItem) -> None:
        """Add one item. Raises ValueError for an impossible date or a title printed twice."""
        if item.kind is Item.INSTITUTION:
            self.institution.append(item.parts[0] or "")
        elif item.kind is Item.YEAR:
            self.years.append(int(item.parts[0] or ""))
        elif item.kind is Item.REPORT:
            self.report_ids.append((item.parts[0] or "").upper())
        elif item.kind is Item.TITLE:
            self._take_title(item.text.casefold())
        else:
            self._take_instant(item)

    def _take_title(self, title: str) -> None:
        if title in self.titles:
            raise ValueError(f"«{title}» aparece dos veces en el mismo encabezado")
        self.titles.add(title)

    def _take_instant(self, item: HeaderItem) -> None:
        day = "" if item.kind is Item.CLOCK else iso_day(item.parts[:3])
        clock = "" if item.kind is Item.DAY else iso_clock(item.parts[-4:])
        if not day and self.printed and "T" not in self.printed[-1]:
            self.printed[-1] += f"T{clock}"
        elif day:
            self.printed.append(f"{day}T{clock}" if clock else day)


def header_items(text: str) -> list[HeaderItem] | None:
    """The items of a line made only of header items, else None."""
    if not text.strip():
        return []
    if len(text) > LONGEST_HEADER_LINE or not MAY_BEGIN.match(text):
        return None
    items: list[HeaderItem] = []
    for part in (part for segment in segments(text) for part in _split(segment.text)):
        item = _item(part)
        if item is not None:
            items.append(item)
        elif items and items[-1].kind is Item.INSTITUTION:
            name = f"{items[-1].parts[0]} {part}"
            items[-1] = HeaderItem(Item.INSTITUTION, name, (name,))
        else:
            return None
    return items


def is_label_alone(text: str) -> bool:
    """A header label whose value stands on the next line."""
    return LABEL_ALONE.fullmatch(tidy(text)) is not None


def _split(text: str) -> list[str]:
    """Items that touch, cut at labels and dates; an institution may bear a title's name."""
    cuts = [0, *(found.start() for found in ITEM_STARTS.finditer(text) if found.start())]
    return [text[start:end].strip() for start, end in pairwise([*cuts, len(text)])]


def _item(text: str) -> HeaderItem | None:
    for kind, pattern in PATTERNS:
        if found := pattern.fullmatch(text):
            return HeaderItem(kind, text, found.groups())
    return None


def iso_day(parts: tuple[str | None, ...]) -> str:
    """Day, month, year as printed -> YYYY-MM-DD. Raises ValueError."""
    day, month, year = (int(part or "") for part in parts)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(f"la fecha {day}/{month}/{year} no existe") from None


def iso_clock(parts: tuple[str | None, ...]) -> str:
    """Hour, minute, second and "a" or "p" -> HH:MM:SS on 24 hours. Raises ValueError."""
    hour, minute, second = (int(part or "0") for part in parts[:3])
    half = (parts[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(f"la hora {hour}:{minute:02} no existe en formato de 12 horas")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"la hora {hour}:{minute:02}:{second:02} no existe")
    return f"{hour:02}:{minute:02}:{second:02}"
