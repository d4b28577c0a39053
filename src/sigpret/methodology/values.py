"""What a number can be: a reported zero is a number, a missing one is None, never 0."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from sigpret.methodology.periods import Period

ZERO = Decimal(0)
HUNDRED = Decimal(100)
NO_BREAK_SPACE = "\u00a0"
PRINTING = Context(prec=99, rounding=ROUND_HALF_UP)


class Entry(NamedTuple):
    """What somebody reported for a period; None when the report says there is no figure.

    A correction is a new entry of the same period with a higher version, whoever makes it.
    """

    period: Period
    value: Decimal | None
    version: int


class Ratio(NamedTuple):
    """A percentage that still knows its two parts, so that ratios of one unit can be pooled."""

    numerator: Decimal
    denominator: Decimal
    unit: str = ""

    @property
    def percent(self) -> Decimal | None:
        """0-100 scale; None when nothing stands below the line."""
        return HUNDRED * self.numerator / self.denominator if self.denominator else None


def effective(entries: Iterable[Entry]) -> dict[Period, Decimal | None]:
    """The figure that counts in each period: the last version replaces, never adds."""
    latest: dict[Period, Entry] = {}
    for entry in entries:
        known = latest.get(entry.period)
        if known is None or entry.version >= known.version:
            latest[entry.period] = entry
    return {period: entry.value for period, entry in sorted(latest.items())}


def pooled(ratios: Iterable[Ratio | None]) -> Ratio | None:
    """Numerators over denominators of those who reported; None when nobody did.

    They are all of one unit: whoever asks has seen to it.
    """
    reported = [ratio for ratio in ratios if ratio is not None]
    if not reported:
        return None
    return Ratio(
        sum((ratio.numerator for ratio in reported), ZERO),
        sum((ratio.denominator for ratio in reported), ZERO),
        reported[0].unit,
    )


def median(values: Iterable[Decimal]) -> Decimal | None:
    """The middle value, or the mean of the two in the middle; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


# A country writes the same few thousand numbers over and over when a quarter closes.
@lru_cache(maxsize=16_384)
def plain(value: Decimal) -> str:
    """The exact value in plain notation: no exponent, no trailing zeros, no minus zero."""
    return format((value + ZERO).normalize(), "f")


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half-up, as people round; only for printing."""
    return value.quantize(Decimal(1).scaleb(-places), context=PRINTING)


@lru_cache(maxsize=16_384)
def printed(value: Decimal | None, places: int = 2) -> str:
    """As a person reads it: `1,234.5`, at most `places` decimals; `sin dato` when missing."""
    if value is None:
        return f"sin{NO_BREAK_SPACE}dato"
    text = format(rounded(value, places) + ZERO, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text
