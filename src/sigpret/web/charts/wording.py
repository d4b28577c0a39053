"""How the charts say values and statuses."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.formats import MISSING, format_number, format_percent
from sigpret.web.statuses import look_of

NOT_REPORTED = "not_reported"
NOT_DUE = "not_due"
NO_DENOMINATOR = "no_denominator"
# Nothing is missing: nobody owed a value, or there was none to be had.
NOT_MISSING = (NOT_DUE, NO_DENOMINATOR)


def said(value: Decimal | None, unit: str = "", status: str = "") -> str:
    """`61 %`, `412 sitios`; a missing value says which kind of missing it is."""
    if value is None:
        return missing_word(status)
    if unit == "%":
        return format_percent(value)
    return f"{format_number(value)} {unit}".strip()


def missing_word(status: str) -> str:
    """`sin reporte`, `no vence`, `sin denominador`; a dash when the status does not say."""
    if status in (NOT_REPORTED, *NOT_MISSING):
        return str(look_of(status).word).lower()
    return MISSING


def status_said(status: str) -> str:
    return str(look_of(status).word)


def list_said(items: list[str]) -> str:
    """`a, b y c`."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s y %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}
