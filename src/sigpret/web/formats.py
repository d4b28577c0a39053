"""How numbers are printed and how typed ones are read (Honduras: 1,234.5 and L 186.4 millones).

Rounding happens here and nowhere else, half up, only for the eye.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

NBSP = "\u00a0"
MISSING = "—"
PERCENT_UNITS = frozenset({"%", "porcentaje", "por ciento"})

Number = Decimal | int | float

_TYPED = re.compile(r"[-−]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_LOOKALIKES = str.maketrans("OolI|SB", "0011158")
_MILLION = Decimal(1_000_000)


class TypedNumberError(ValueError):
    """The text is not one number; the message is the sentence to show beside the field."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.suggestion = suggestion


def as_decimal(value: Number | str) -> Decimal:
    """Exact decimal of a number; floats go through their shortest printed form."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def format_number(value: Number | None, decimals: int | None = None) -> str:
    """`1,234.5`. Without `decimals`: at most two, without trailing zeros. Missing is a dash."""
    if value is None:
        return MISSING
    exact = as_decimal(value)
    places = 2 if decimals is None else decimals
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if rounded < 0 else text


def format_signed(value: Number | None, decimals: int | None = None) -> str:
    """`+1.3`, `−4.6`, `=` when nothing moved."""
    if value is None:
        return MISSING
    if value == 0:
        return "="
    text = format_number(value, decimals)
    return text if value < 0 else f"+{text}"


def format_percent(value: Number | None, decimals: int | None = None) -> str:
    """`61 %` from 61 (percents are 0-100). Without `decimals`: at most one."""
    if value is None:
        return MISSING
    rounded = as_decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    shown = format_number(rounded) if decimals is None else format_number(value, decimals)
    return f"{shown}{NBSP}%"


def sign_of(unit: str) -> str:
    """`%` for every way of writing percent; other units keep their name."""
    return "%" if unit.casefold() in PERCENT_UNITS else unit


def format_size(size: int | None) -> str:
    """`214 KB`, `2.1 MB`: the weight of a file, in thousands of bytes as people read it."""
    if size is None:
        return MISSING
    kilobytes = Decimal(size) / 1024
    if kilobytes < 1000:
        return f"{format_number(max(kilobytes, Decimal(1)), 0)}{NBSP}KB"
    return f"{format_number((kilobytes / 1024).quantize(Decimal('0.1'), ROUND_HALF_UP))}{NBSP}MB"


def format_money(value: Number | None) -> str:
    """`L 1,234.50`: lempiras to the centavo."""
    if value is None:
        return MISSING
    return f"L{NBSP}{format_number(value, 2)}"


def format_millions(value: Number | None) -> str:
    """`2.3` of 2,300,000: for a column whose header says it is millions. Below one million two
    decimals, so that little money is not none."""
    if value is None:
        return MISSING
    millions = as_decimal(value) / _MILLION
    places = Decimal("0.1") if abs(millions) >= 1 else Decimal("0.01")
    return format_number(millions.quantize(places, rounding=ROUND_HALF_UP))


def format_money_short(value: Number | None) -> str:
    """`L 186.4 millones` from a million up; below it, whole lempiras."""
    if value is None:
        return MISSING
    exact = as_decimal(value)
    if abs(exact) < _MILLION:
        return f"L{NBSP}{format_number(exact, 0)}"
    millions = (exact / _MILLION).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    word = _("millón") if millions == 1 else _("millones")
    return f"L{NBSP}{format_number(millions)}{NBSP}{word}"


def parse_number(text: str | None) -> Decimal | None:
    """The number a person typed; None for an empty cell, which is never zero.

    Accepts `1200`, `1,200`, ` 1 200` and `1,200.5`. Raises `TypedNumberError` with a sentence
    and, where there is one, a suggestion: `1.200` may mean 1,200 or 1.2 and is asked for.
    """
    typed = (text or "").strip()
    if not typed:
        return None
    compact = _without_group_spaces(typed)
    if _has_ambiguous_point(compact):
        raise _ambiguous(typed, compact)
    if not _TYPED.fullmatch(compact):
        raise _unreadable(typed, compact)
    return Decimal(compact.replace(",", "").replace("−", "-"))


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """One pasted cell: its number, or the sentence that explains why it was not read."""

    typed: str
    value: Decimal | None
    error: str = ""


def parse_column(text: str) -> tuple[ParsedCell, ...]:
    """The cells of a column copied from a spreadsheet, first column only, blanks kept."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    return tuple(_parse_cell(line.split("\t")[0]) for line in lines)


def _parse_cell(typed: str) -> ParsedCell:
    try:
        return ParsedCell(typed, parse_number(typed))
    except TypedNumberError as problem:
        return ParsedCell(typed, None, str(problem))


def _without_group_spaces(typed: str) -> str:
    """`1 200` is 1,200; `1 2` is left alone, because it may be two numbers."""
    spaced = re.sub(r"[\u00a0\u202f\u2009]", " ", typed)
    if re.fullmatch(r"[-−]?\d{1,3}(?: \d{3})+(?:\.\d+)?", spaced):
        return spaced.replace(" ", "")
    return spaced


def _has_ambiguous_point(compact: str) -> bool:
    return bool(re.fullmatch(r"[-−]?[1-9]\d{0,2}(?:\.\d{3})+", compact))


def _ambiguous(typed: str, compact: str) -> TypedNumberError:
    whole = format_number(Decimal(compact.replace(".", "").replace("−", "-")))
    if compact.count(".") > 1:
        return TypedNumberError(
            _("Separe los miles con coma: «%(typed)s» se escribe %(whole)s.")
            % {"typed": typed, "whole": whole},
            suggestion=whole,
        )
    small = format_number(Decimal(compact.replace("−", "-")), 3).rstrip("0").rstrip(".")
    return TypedNumberError(
        _("«%(typed)s» puede leerse de dos maneras. ¿Quiso decir %(whole)s o %(small)s?")
        % {"typed": typed, "whole": whole, "small": small},
        suggestion=whole,
    )


def _unreadable(typed: str, compact: str) -> TypedNumberError:
    repaired = compact.translate(_LOOKALIKES)
    if repaired != compact and _TYPED.fullmatch(repaired):
        number = format_number(Decimal(repaired.replace(",", "")))
        return TypedNumberError(
            _("Escriba sólo números: «%(typed)s» %(where)s. ¿Quiso decir %(number)s?")
            % {"typed": typed, "where": _letter_place(compact), "number": number},
            suggestion=number,
        )
    if "%" in compact:
        return _with_percent_sign(typed, compact)
    return TypedNumberError(
        _("Escriba sólo números, por ejemplo 1,200 o 12.5. No se pudo leer «%(typed)s».")
        % {"typed": typed[:40]}
    )


def _with_percent_sign(typed: str, compact: str) -> TypedNumberError:
    bare = compact.replace("%", "").strip()
    suggestion = bare if _TYPED.fullmatch(bare) else ""
    return TypedNumberError(
        _("Escriba el número sin el signo de porcentaje: «%(typed)s».") % {"typed": typed[:40]},
        suggestion=suggestion,
    )


def _letter_place(compact: str) -> str:
    letters = [character for character in compact if character.isalpha()]
    letter = letters[-1] if letters else "|"
    if compact.endswith(letter):
        return _("termina en la letra %(letter)s") % {"letter": letter}
    if compact.startswith(letter):
        return _("empieza con la letra %(letter)s") % {"letter": letter}
    return _("tiene la letra %(letter)s") % {"letter": letter}


def is_decimal_text(text: str) -> bool:
    """Whether a stored text (a parameter of an explanation, say) is a plain decimal."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
