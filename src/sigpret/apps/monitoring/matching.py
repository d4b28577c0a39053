"""Which row a file is of, from the code people write in its name: `2.9 Lista.pdf`, `02-09_acta`.

Plain text work: nothing is read or stored here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

DATES = re.compile(r"(?<!\d)(\d{4}([-._ ])\d{1,2}\2\d{1,2}|\d{1,2}([-._ ])\d{1,2}\3\d{2,4})(?!\d)")
#: Two numbers joined by one mark, and not part of a longer chain of numbers.
PAIR = re.compile(r"(?<!\d)(?<!\d[._-])0*(\d{1,4})\s?([._ -])\s?0*(\d{1,4})(?!\d)(?!\2\d)")
LABEL = re.compile(r"^\W*(?:(?:prod|producto|indicador|cod|codigo|no|num)\b)?[\s._:#°º-]*", re.I)


class Certainty(StrEnum):
    """Whether a file can be attached without asking."""

    SURE = "sure"
    SEVERAL = "several"
    NONE = "none"


class Coded(Protocol):
    """A row of the sheet, as far as matching goes."""

    @property
    def key(self) -> str: ...

    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Match:
    """The rows a file name may be of, by key; exactly one when it is sure."""

    name: str
    keys: tuple[str, ...]

    @property
    def certainty(self) -> Certainty:
        if len(self.keys) == 1:
            return Certainty.SURE
        return Certainty.SEVERAL if self.keys else Certainty.NONE

    @property
    def key(self) -> str:
        """The row to propose; empty when somebody has to choose."""
        return self.keys[0] if self.certainty is Certainty.SURE else ""


def match_by_code(names: Iterable[str], rows: Sequence[Coded]) -> tuple[Match, ...]:
    """For every file name, the rows whose code it carries, in the order of the names.

    A code at the start decides; elsewhere it counts when the name carries no other. Zeros in
    front, and points, dashes, underscores or blanks between the numbers, are the same code.
    Dates are not codes.
    """
    pairs, words = codes_of(rows)
    return tuple(Match(name, keys_in(stem_of(name), pairs, words)) for name in names)


def codes_of(
    rows: Sequence[Coded],
) -> tuple[Mapping[tuple[int, int], list[str]], list[tuple[re.Pattern[str], str]]]:
    """The rows' keys by their two numbers; and a pattern for every code of another shape."""
    pairs: dict[tuple[int, int], list[str]] = defaultdict(list)
    words = []
    for row in rows:
        if numbers := re.fullmatch(r"(\d{1,4})\.(\d{1,4})", row.code):
            pairs[int(numbers[1]), int(numbers[2])].append(row.key)
        else:
            words.append((pattern_of(row.code), row.key))
    return pairs, words


def pattern_of(code: str) -> re.Pattern[str]:
    """`PG-11-02` also written `pg 11 2`."""
    parts = re.findall(r"[a-z]+|\d+", plain(code))
    inner = r"[\s._-]*".join(
        rf"0*{int(part)}" if part.isdecimal() else re.escape(part) for part in parts
    )
    return re.compile(rf"(?<![a-z0-9]){inner}(?![a-z0-9]|[._-]\d)")


def keys_in(
    stem: str,
    pairs: Mapping[tuple[int, int], list[str]],
    words: Iterable[tuple[re.Pattern[str], str]],
) -> tuple[str, ...]:
    text = plain(stem)
    named = [key for pattern, key in words if pattern.search(text)]
    if named:
        return tuple(dict.fromkeys(named))
    found = codes_in(DATES.sub(" ", text))
    first = found[0] if found and starts_with_it(text, found[0]) else None
    if first and first[1] in pairs:
        return tuple(pairs[first[1]])
    known = dict.fromkeys(numbers for _place, numbers in found if numbers in pairs)
    return tuple(dict.fromkeys(key for numbers in known for key in pairs[numbers]))


def codes_in(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Every pair of numbers a name carries, as it is written and as numbers."""
    return [(match[0], (int(match[1]), int(match[3]))) for match in PAIR.finditer(text)]


def starts_with_it(text: str, found: tuple[str, tuple[int, int]]) -> bool:
    label = LABEL.match(text)
    return text[label.end() if label else 0 :].startswith(found[0])


def stem_of(name: str) -> str:
    """The name without its ending: `2.9` from `2.9.pdf`, `2.10` from `2.10`."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and re.fullmatch(r"[A-Za-z][A-Za-z0-9]{1,4}", ending) else name


def plain(text: str) -> str:
    """Without accents or capitals."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()
