"""Amounts of money as files write them. `1.200` may be 1,200 or 1.2: asked for, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

POINT, COMMA = "point", "comma"
#: Up to fifteen whole digits: more than the country has, and what a spreadsheet can hold. There is
#: one way only to read each, so a look at many that fails costs no more than they are long. (What
#: never goes back, `?+`, is not to be trusted before Python 3.11.4: it finds an empty amount.)
ONE = {
    POINT: r"-?(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,2})?",
    COMMA: r"-?(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,15})(?:,\d{1,2})?",
}
WRITTEN = {mark: re.compile(one, re.ASCII) for mark, one in ONE.items()}
#: Many amounts in one look: the quick way of most rows.
TOGETHER = {mark: re.compile(rf"{one}(?:[\t\n]{one})*", re.ASCII) for mark, one in ONE.items()}
LOOKS = re.compile(r"-?\d[\d.,]*", re.ASCII)
CURRENCY = re.compile(r"^(?:L\.?|HNL)\s*|\s+|\u00a0", re.IGNORECASE)
AMBIGUOUS = re.compile(r"-?\d{1,3}[.,]\d{3}", re.ASCII)


class Written(str):
    """A cell that a spreadsheet holds as a number: already plain, with a point."""

    __slots__ = ()


class Formula(str):
    """A cell that computes: what it would say is not known here."""

    __slots__ = ()


class AmountError(ValueError):
    """The cell is not an amount; its text is the reason for a person."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the cells say of the decimal mark: `mark` is empty when somebody must say it, and
    `doubtful` is then an example."""

    mark: str
    doubtful: str = ""


def marks_in(texts: Iterable[str]) -> Marks:
    """The decimal mark a file uses. Empty when nothing tells, or when the file uses both."""
    seen: set[str] = set()
    doubtful = ""
    for text in texts:
        if isinstance(text, Written) or not LOOKS.fullmatch(text):
            continue
        told = mark_of(text)
        if told:
            seen.add(told)
        elif AMBIGUOUS.fullmatch(text):
            doubtful = doubtful or text
    if len(seen) == 1:
        return Marks(seen.pop())
    return Marks("", doubtful) if seen or doubtful else Marks(POINT)


def mark_of(text: str) -> str:
    """The decimal mark of one number; empty when it may be either, or has none."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return POINT if text.rfind(".") > text.rfind(",") else COMMA
    if points > 1 or commas > 1:
        return COMMA if points else POINT
    if points + commas == 0 or AMBIGUOUS.fullmatch(text):
        return ""
    return POINT if points else COMMA


def amount(text: str, mark: str) -> str:
    """The number in plain notation, with a point; empty for an empty cell. Raises AmountError."""
    if isinstance(text, Written):
        return cents(text)
    if isinstance(text, Formula):
        raise AmountError("es una fórmula; pegue su valor")
    if not text:
        return ""
    if not WRITTEN[mark].fullmatch(text):
        text = tidied(text)
        if not text:
            return ""
        if not WRITTEN[mark].fullmatch(text):
            raise AmountError(f"«{text[:30]}» no es un monto con hasta dos decimales")
    return normal(text, mark)


def amounts(texts: str, mark: str) -> str:
    """Amounts between tabs and lines, each as `amount` gives it; empty when one of them needs a
    look."""
    return normal(texts, mark) if TOGETHER[mark].fullmatch(texts) else ""


def amounts_of_rows(rows: Sequence[Sequence[str]], mark: str) -> list[str]:
    """The amounts of each row between tabs; empty when any of any row needs a look."""
    text = amounts("\n".join(map("\t".join, rows)), mark)
    # A cell may bring tabs and lines of its own.
    breaks, tabs = len(rows) - 1, sum(map(len, rows)) - len(rows)
    is_whole = text.count("\n") == breaks and text.count("\t") == tabs
    return text.split("\n") if text and is_whole else []


def normal(text: str, mark: str) -> str:
    return text.replace(",", "") if mark == POINT else text.replace(".", "").replace(",", ".")


def tidied(text: str) -> str:
    """Without currency and spaces; `(1,200.50)` and `1,200.50-` are negative."""
    bare = CURRENCY.sub("", text.strip()).replace("−", "-")
    if bare in {"-", "–", "—"}:
        return ""
    if bare.startswith("(") and bare.endswith(")"):
        return f"-{bare[1:-1]}"
    return f"-{bare[:-1]}" if bare.endswith("-") else bare


def cents(text: str) -> str:
    """A spreadsheet's number to the centavo: it computes with fifteen digits, money with two."""
    whole, _, decimals = text.partition(".")
    if len(decimals) <= 2 and WRITTEN[POINT].fullmatch(text):
        return text
    raise AmountError(f"«{whole}.{decimals[:6]}» no es un monto con hasta dos decimales")
