"""The month or quarter of a row, as files write it, as an SDMX code."""

from __future__ import annotations

import re

from sigpret.intake.execution.columns import plain

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
QUARTER = re.compile(r"(?:t|q|trimestre )?([1-4]|i|ii|iii|iv)(?: trimestre)?(?: (?:de )?(\d{4}))?")
CODE = re.compile(r"(\d{4}) ?([qtm])?(\d{1,2})")
MONTH = re.compile(r"([a-z]+|\d{1,2})(?: (?:de )?(\d{4}))?")


class MomentError(ValueError):
    """The cell is no month and no quarter of the year; its text is the reason."""


def period_of(cell: str, year: int) -> str:
    """`Enero`, `1`, `202601`, `2026-M01` are `2026-M01`; `I trimestre`, `T1`, `2026-Q1` are
    `2026-Q1`. A bare number is a month. Raises MomentError, also for another year."""
    text = plain(cell)
    found = _by_code(text) or _by_month(text) or _by_quarter(text)
    if found is None:
        raise MomentError(f"«{cell[:30]}» no es un mes ni un trimestre")
    written, code = found
    if written is not None and written != year:
        raise MomentError(f"el periodo es de {written} y aquí se importa {year}")
    return f"{year}-{code}"


def _by_code(text: str) -> tuple[int | None, str] | None:
    found = CODE.fullmatch(text)
    if found is None:
        return None
    number = int(found[3])
    if found[2] in {"q", "t"}:
        return (int(found[1]), f"Q{number}") if 1 <= number <= 4 else None
    return (int(found[1]), f"M{number:02}") if 1 <= number <= 12 else None


def _by_month(text: str) -> tuple[int | None, str] | None:
    found = MONTH.fullmatch(text)
    if found is None:
        return None
    number = int(found[1]) if found[1].isdigit() else _month_named(found[1])
    if not 1 <= number <= 12:
        return None
    return (int(found[2]) if found[2] else None), f"M{number:02}"


def _month_named(word: str) -> int:
    """0 when no month is called so; `ene` and `sept` are enough."""
    if len(word) < 3:
        return 0
    named = "septiembre" if word.startswith("set") else word
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(named)), 0)


def _by_quarter(text: str) -> tuple[int | None, str] | None:
    found = QUARTER.fullmatch(text)
    if found is None:
        return None
    number = ROMAN.get(found[1]) or int(found[1])
    return (int(found[2]) if found[2] else None), f"Q{number}"
