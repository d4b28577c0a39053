"""The words of a text reduced to their stems, so that a search forgives accents and endings.

The stemmer is Snowball's for Spanish, which expects the accents people leave out: they are put
back where they decide the stem ("educacion"), and taken away from what is kept. The ñ is a letter
of its own: "caña" is not "cana".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
SPANISH = re.compile(r"[a-zñ]+")
NOUN_OF_ACTION = re.compile(r"(.[cs]i)on$")
LONG_PLURAL = re.compile(r"^(.{2,}[dlnrsyz])es$")
PLURAL = re.compile(r"^(.{2,}[aeou])s$")
LONGEST_QUERY = 120
MOST_WORDS = 8
ENYE, ENYE_IN_TWO = "ñ", "n\N{COMBINING TILDE}"
PLACEHOLDER = "\ue000"
STEMMER = snowballstemmer.stemmer("spanish")
EMPTY_WORDS = frozenset(
    WORD.findall(
        "a al ante bajo con como contra cual de del desde e el en entre es la las lo los"
        " mediante ni o para por que se segun sin sobre su sus tras u un una unas uno unos y"
    )
)
# What may still be missing from a word that is being typed: "educaci" is on its way to
# "educación", whose stem is shorter than what was typed.
ENDINGS = ("", "n", "on", "ion", "es", "s")


def folded(text: str) -> str:
    """Lower case and without accents, but with its ñ."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    marked = decomposed.replace(ENYE_IN_TWO, PLACEHOLDER)
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return bare.replace(PLACEHOLDER, ENYE)


def stems(text: str) -> str:
    """The stems of the words with meaning, once each and in order, separated by spaces.

    What a row keeps to be found by: `stems("Conectar escuelas")` is `"conect escuel"`.
    """
    return " ".join(dict.fromkeys(_stems_of(text)))


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of one folded word; the same for its singular and its plural."""
    if not SPANISH.fullmatch(word):
        return word
    # The stemmer knows neither "mujeres" and "mujer" nor "años" and "año" as one word, and it
    # takes -ción away but not -cion.
    singular = PLURAL.sub(r"\1", LONG_PLURAL.sub(r"\1", word))
    return folded(STEMMER.stemWord(NOUN_OF_ACTION.sub(r"\1ón", singular)))


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What somebody looks for: `text` as typed, and the stems of its words with meaning.

    `endings` are the stems the last word may have once it is finished: it is still being typed.
    """

    text: str
    stems: tuple[str, ...]
    endings: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> SearchWords:
        """The words of a query, at most eight: nobody types more, and each one costs."""
        typed = " ".join(text[:LONGEST_QUERY].replace("\0", " ").split())
        found = [word for word in WORD.findall(folded(typed)) if word not in EMPTY_WORDS]
        words = found[:MOST_WORDS]
        return cls(typed, tuple(map(stem, words)), _unfinished(words[-1]) if words else ())

    def __bool__(self) -> bool:
        return bool(self.stems)

    @property
    def query(self) -> str:
        """As PostgreSQL's `to_tsquery('simple', …)` takes it: every word, the last as a prefix.

        Stems are letters and digits only, so that nothing typed is an operator.
        """
        whole = [f"'{found}'" for found in self.stems[:-1]]
        last = " | ".join(f"'{found}':*" for found in self.endings)
        return " & ".join([*whole, f"({last})"]) if self.stems else ""

    def match(self, text: str) -> bool:
        """Does a short text that is not in the database have every word?"""
        kept = tuple(_stems_of(text))
        whole = all(found in kept for found in self.stems[:-1])
        return whole and any(word.startswith(self.endings) for word in kept)

    def split(self, text: str) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, with whether each is a word that was looked for."""
        pieces, place = [], 0
        for word in WORD.finditer(text):
            if self._is_wanted(word.group()):
                pieces += [(text[place : word.start()], False), (word.group(), True)]
                place = word.end()
        return tuple(piece for piece in [*pieces, (text[place:], False)] if piece[0])

    def _is_wanted(self, word: str) -> bool:
        found = stem(folded(word))
        return found in self.stems or bool(self.endings and found.startswith(self.endings))


def _unfinished(word: str) -> tuple[str, ...]:
    """The shortest stems a word may have once it is finished; none begins with another."""
    kept: list[str] = []
    for found in sorted({stem(word + ending) for ending in ENDINGS}, key=len):
        if not found.startswith(tuple(kept)):
            kept.append(found)
    return tuple(kept)


def _stems_of(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(folded(text)) if word not in EMPTY_WORDS]
