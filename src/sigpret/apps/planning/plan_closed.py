"""What a plan's page says of the quarters that closed: their cells are read, not written."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.planning.actions.writing import closed_words
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code
from sigpret.web.dates import period_roman


def shut_fields(fiscal_year: int, closed: frozenset[str]) -> dict[str, str]:
    """Why the cells of each closed quarter are not written, by field: `{"1": "El I…"}`."""
    codes = {str(number): period_code(fiscal_year, number) for number in QUARTER_NUMBERS}
    return {name: closed_words(code) for name, code in codes.items() if code in closed}


def closed_sentence(fiscal_year: int, closed: frozenset[str]) -> str:
    """`Los trimestres I y II de 2026 ya cerraron`; "" when all are open."""
    *first, last = [period_roman(code) for code in sorted(closed)] or [""]
    if not last:
        return ""
    which = _(" y ").join([", ".join(first), last]) if first else last
    return ngettext(
        "El %(which)s trimestre de %(year)s ya cerró",
        "Los trimestres %(which)s de %(year)s ya cerraron",
        len(closed),
    ) % {"which": which, "year": fiscal_year}
