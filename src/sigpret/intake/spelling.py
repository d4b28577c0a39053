"""Comparing Spanish text without being misled by case, accents or spaces."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
STEM_LENGTH = 5
EMPTY_WORDS = frozenset(
    WORD.findall(
        "a al ante bajo con como contra cual de del desde e el en entre es la las lo los mas"
        " mediante ni no o para por que se segun sin sobre su sus tras u un una unas uno unos y"
    )
)


def fold(text: str) -> str:
    """Lower case, without accents, single spaces: what two spellings of one thing share."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def stems(text: str) -> list[str]:
    """The first letters of each word with meaning: "conectados" and "conectadas" agree."""
    return [word[:STEM_LENGTH] for word in WORD.findall(fold(text)) if word not in EMPTY_WORDS]
