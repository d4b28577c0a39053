"""First pass over the lines: page headers, labelled texts and product tables, in report order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from sigpret.intake.readers.layout import Break, Line, Segment, segments, tidy
from sigpret.intake.readers.page import (
    DECISIVE,
    HeaderItem,
    Item,
    PageHeader,
    header_items,
    is_label_alone,
)
from sigpret.intake.readers.problems import Problems
from sigpret.intake.readers.table_header import TableHeader, table_header

SHORTEST_WRAPPED_INSTITUTION = 45


class Label(StrEnum):
    """The labelled texts of the report; the value is how it is named to a person."""

    MISSION = "Misión"
    VISION = "Visión"
    OPERATIONAL_OBJECTIVE = "Objetivo Operativo"
    OBJECTIVE = "Objetivo"
    RESULT = "Resultado"
    ASSUMPTION = "Supuesto"
    POPULATION = "Población Objetivo"


LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern + r" ?:", re.IGNORECASE))
    for label, pattern in (
        (Label.OPERATIONAL_OBJECTIVE, "objetivo operativo"),
        (Label.OBJECTIVE, "objetivo"),
        (Label.RESULT, "resultado"),
        (Label.ASSUMPTION, "supuesto"),
        (Label.POPULATION, "poblaci[oó]n objetivo"),
        (Label.MISSION, "misi[oó]n"),
        (Label.VISION, "visi[oó]n"),
    )
)


MAY_LEAD = re.compile("[mvorsp]", re.IGNORECASE)


@dataclass(slots=True)
class LabelledText:
    """A label and the lines of its text."""

    label: Label
    line: int
    page: int
    pieces: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """The lines under one table header; header None when a new page simply goes on."""

    header: TableHeader | None
    line: int
    page: int
    pieces: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class PageNumber:
    """ "Página 2 de 3" as printed."""

    line: int
    number: int
    total: int | None


@dataclass(slots=True)
class Scan:
    """Everything the first pass told apart."""

    headers: list[PageHeader] = field(default_factory=list)
    page_numbers: list[PageNumber] = field(default_factory=list)
    events: list[LabelledText | Table] = field(default_factory=list)


def scan(lines: list[str], problems: Problems) -> Scan:
    """Tell the lines apart; a line that belongs nowhere goes to `problems`."""
    return _Scanner(lines, problems).run()


def leading(segment: Segment) -> tuple[Label, str] | None:
    """The label a segment starts with, and the text after it."""
    if not MAY_LEAD.match(segment.text):
        return None
    for label, pattern in LABELS:
        if found := pattern.match(segment.text):
            return label, segment.text[found.end() :].strip()
    return None


class _Scanner:
    def __init__(self, lines: list[str], problems: Problems) -> None:
        self.lines = lines
        self.problems = problems
        self.scan = Scan()
        self.items = self._header_items()
        self.leads_to_header = self._leads_to_header()
        self.in_header = False
        self.after = Break.NONE
        self.after_institution = False

    def run(self) -> Scan:
        place = 0
        while place < len(self.lines):
            place += self._take(place)
        return self.scan

    def _header_items(self) -> list[list[HeaderItem] | None]:
        """Header items per line; a label alone takes the value of the line below it."""
        found = [header_items(line) for line in self.lines]
        for place, line in enumerate(self.lines[:-1]):
            if found[place] is None and is_label_alone(line):
                found[place] = header_items(tidy(line) + " " + tidy(self.lines[place + 1]))
                if found[place] is not None:
                    found[place + 1] = []
        return found

    def _leads_to_header(self) -> list[bool]:
        """Per line: only header items stand between it and a decisive one."""
        leads = [False] * (len(self.lines) + 1)
        for place in range(len(self.lines) - 1, -1, -1):
            items = self.items[place]
            if items is not None:
                decisive = any(item.kind in DECISIVE for item in items)
                leads[place] = decisive or leads[place + 1]
        return leads

    def _take(self, place: int) -> int:
        items = self.items[place]
        if items is not None and (not items or self._is_header(place, items)):
            self._take_header(place + 1, items)
            return 1
        parts = segments(self.lines[place])
        if leading(parts[0]):
            self._take_labels(place + 1, parts)
        elif found := table_header(self.lines, place):
            header, taken = found
            self._open(Table(header, place + 1, len(self.scan.headers)))
            return taken
        else:
            self._take_bare(place + 1)
        return 1

    def _is_header(self, place: int, items: list[HeaderItem]) -> bool:
        only_page = all(item.kind is Item.PAGE for item in items)
        nothing_yet = not self.scan.events
        return only_page or nothing_yet or self.in_header or self.leads_to_header[place]

    def _take_header(self, number: int, items: list[HeaderItem]) -> None:
        for item in items:
            if item.kind is Item.PAGE:
                total = int(item.parts[1]) if item.parts[1] else None
                self.scan.page_numbers.append(PageNumber(number, int(item.parts[0] or ""), total))
                continue
            if not self.in_header:
                self.scan.headers.append(PageHeader(number))
                self.in_header = True
            self._add_to_header(number, item)
        self.after_institution = bool(items) and items[-1].kind is Item.INSTITUTION
        if items:
            self.after = Break.PAGE
        elif self.after is Break.NONE:
            self.after = Break.BLANK

    def _add_to_header(self, number: int, item: HeaderItem) -> None:
        try:
            self.scan.headers[-1].take(item)
        except ValueError as reason:
            message = f"El encabezado de la línea {number} no se puede leer: {reason}."
            self.problems.add("unreadable_header", number, message)

    def _take_labels(self, number: int, parts: list[Segment]) -> None:
        """Texts that begin on this line; cells side by side may each begin one."""
        printed = 0
        for segment in parts:
            text = segment.text
            if found := leading(segment):
                label, text = found
                printed = len(label.value) + len(": ")
                self._open(LabelledText(label, number, len(self.scan.headers)))
            pieces = self.scan.events[-1].pieces
            if text:
                whole = f"{pieces.pop().text} {text}" if pieces else text
                pieces.append(Line(number, whole, label=printed))

    def _open(self, event: LabelledText | Table) -> None:
        self.scan.events.append(event)
        self.in_header = False
        self.after = Break.NONE

    def _take_bare(self, number: int) -> None:
        text = self.lines[number - 1]
        if self.after_institution and self._continues_institution(tidy(text)):
            return
        self._leave_header()
        event = self.scan.events[-1] if self.scan.events else None
        if event is None:
            self._refuse(number, text)
        elif isinstance(event, Table):
            event.pieces.append(Line(number, text, self.after))
        else:
            event.pieces.append(Line(number, tidy(text), self.after))
        self.after = Break.NONE

    def _continues_institution(self, text: str) -> bool:
        self.after_institution = False
        name = self.scan.headers[-1].institution[-1]
        fits = len(name) + 1 + len(text.split(" ", 1)[0]) > SHORTEST_WRAPPED_INSTITUTION
        if fits:
            self.scan.headers[-1].institution[-1] = f"{name} {text}"
        return fits

    def _leave_header(self) -> None:
        if self.in_header and self.scan.events and isinstance(self.scan.events[-1], Table):
            number = self.scan.headers[-1].line
            self.scan.events.append(Table(None, number, len(self.scan.headers)))
            self.after = Break.PAGE
        self.in_header = False

    def _refuse(self, number: int, text: str) -> None:
        self.problems.add("unknown_line", number, unknown_line(number, text))


def unknown_line(number: int, text: str) -> str:
    """The sentence for a line that cannot be understood."""
    shown = tidy(text)
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    return f"La línea {number} no se puede interpretar: «{shown}». Corríjala o vuelva a descargar."
