"""The work plan of a mesa as a workbook: its activities with a bar along the year, its approvals.

A text is always a text: nothing here can become a formula or a link, whatever it begins with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
HEADERS = ("N.º", "Actividad", "Instituciones", "Persona responsable", "Empieza", "Termina",
           "Avance", "Estado", "Último avance")  # fmt: skip
WIDTHS = (7, 52, 24, 26, 12, 12, 9, 13, 44)
FILLS = {"done": "#0F8574", "late": "#A61B12", "running": "#0E6A99", "to_start": "#C3CBD3"}
INK, HEADING, LINE = "#0D3550", "#E3F0F7", "#DDE2E7"
MONTH_WIDTH = 4


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An activity; `pace` done, late, running or to_start; `percent` 0-100."""

    number: str
    text: str
    institutions: str
    responsible: str
    starts_on: date
    ends_on: date
    percent: int
    pace: str
    pace_words: str
    note: str


@dataclass(frozen=True, slots=True)
class PlanBook:
    """The plan of a year. `results` as (title, rows); `approvals` as rows of printed text."""

    title: str
    notes: tuple[str, ...]
    year: int
    results: tuple[tuple[str, tuple[PlanRow, ...]], ...]
    approvals_title: str = ""
    approvals: tuple[tuple[str, ...], ...] = ()


def work_plan_xlsx(plan: PlanBook) -> bytes:
    """The plan as XLSX, ready to print on one page wide."""
    memory = BytesIO()
    book = Book(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = Looks(book)
    write_plan(book.add_worksheet("Plan"), looks, plan)
    if plan.approvals:
        write_approvals(book.add_worksheet("Aprobaciones"), looks, plan)
    book.close()
    return memory.getvalue()


class Looks:
    """The few formats of the workbook, each made once."""

    def __init__(self, book: Book) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        boxed = {**base, "border": 1, "border_color": LINE, "text_wrap": True}
        self.title: Format = book.add_format({**base, "bold": True, "font_size": 14})
        self.note: Format = book.add_format({**base, "font_color": "#41505C"})
        self.header: Format = book.add_format(
            {**boxed, "bold": True, "bg_color": INK, "font_color": "#FFFFFF"}
        )
        self.heading: Format = book.add_format({**base, "bold": True, "bg_color": HEADING})
        self.text: Format = book.add_format(boxed)
        self.day: Format = book.add_format({**boxed, "num_format": "yyyy-mm-dd"})
        self.percent: Format = book.add_format({**boxed, "num_format": "0%"})
        self.month: Format = book.add_format({"border": 1, "border_color": LINE})
        self.bars = {
            pace: book.add_format({"bg_color": colour, "border": 1, "border_color": LINE})
            for pace, colour in FILLS.items()
        }


def write_plan(sheet: Worksheet, looks: Looks, plan: PlanBook) -> None:
    sheet.write_string(0, 0, plan.title, looks.title)
    for line, note in enumerate(plan.notes, 1):
        sheet.write_string(line, 0, note, looks.note)
    header = len(plan.notes) + 2
    for place, (name, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(header, place, name, looks.header)
    first = len(HEADERS)
    sheet.set_column(first, first + 11, MONTH_WIDTH)
    for number, name in enumerate(MONTHS):
        sheet.write_string(header, first + number, name, looks.header)
    line = header
    for title, rows in plan.results:
        line += 1
        for place in range(first + 12):
            sheet.write_blank(line, place, None, looks.heading)
        sheet.write_string(line, 0, title, looks.heading)
        for row in rows:
            line += 1
            write_row(sheet, looks, line, row, plan.year)
    sheet.freeze_panes(header + 1, 2)
    sheet.repeat_rows(header)
    sheet.set_landscape()
    sheet.set_paper(5)
    sheet.fit_to_pages(1, 0)


def write_row(sheet: Worksheet, looks: Looks, line: int, row: PlanRow, year: int) -> None:
    texts = {0: row.number, 1: row.text, 2: row.institutions, 3: row.responsible,
             7: row.pace_words, 8: row.note}  # fmt: skip
    for place, text in texts.items():
        sheet.write_string(line, place, text, looks.text)
    sheet.write_datetime(line, 4, row.starts_on, looks.day)
    sheet.write_datetime(line, 5, row.ends_on, looks.day)
    sheet.write_number(line, 6, row.percent / 100, looks.percent)
    for month in range(1, 13):
        look = looks.bars.get(row.pace, looks.month) if covers(row, year, month) else looks.month
        sheet.write_blank(line, len(HEADERS) + month - 1, None, look)


def covers(row: PlanRow, year: int, month: int) -> bool:
    """Is any day of the month one of the activity's?"""
    first = (row.starts_on.year, row.starts_on.month)
    return first <= (year, month) <= (row.ends_on.year, row.ends_on.month)


def write_approvals(sheet: Worksheet, looks: Looks, plan: PlanBook) -> None:
    sheet.write_string(0, 0, plan.approvals_title, looks.title)
    headers = ("Institución", "Máxima autoridad", "Decisión", "Cuándo", "Observación")
    for place, (name, width) in enumerate(zip(headers, (26, 34, 14, 22, 60), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, name, looks.header)
    for line, row in enumerate(plan.approvals, 3):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text, looks.text)
