"""Tables as CSV that no spreadsheet can take for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

#: What makes a spreadsheet run a cell, full-width forms included.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_response(filename: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """An attachment in UTF-8 with a mark, so that Excel shows the accents."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.write("\ufeff")
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in with_notice(rows))
    return response


def with_notice(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows as they are; in a demonstration each says, in a last column, that it is fiction."""
    for place, row in enumerate(rows):
        if not settings.DEMO:
            yield row
        else:
            yield (*row, _("Datos ficticios de demostración") if place else "aviso")


def harmless(cell: object) -> str:
    """The cell's text; one that would run gets an apostrophe. Numbers stay numbers."""
    text = "" if cell is None else str(cell)
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not is_number else text
