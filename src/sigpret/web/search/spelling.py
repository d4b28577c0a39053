"""A word with one letter wrong, read as the nearest word there is; only when nothing was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sigpret.web.search.words import EMPTY_WORDS, WORD, SearchWords, folded

LETTERS = "abcdefghijklmnopqrstuvwxyzñ"
#: In shorter words another letter is another word: "mesa" and "meta".
SHORTEST = 5


def respelled(words: SearchWords, texts: Iterable[str]) -> SearchWords | None:
    """What was probably meant, with the words of the texts the person may read.

    Every unknown word is one letter away from a known one: missing, to spare, another, or two
    that changed places. The most frequent of those is taken. None when some word has none.
    """
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in texts:
        for word in WORD.findall(text):
            known = folded(word)
            spellings.setdefault(known, word.lower())
            counts[known] += 1
    meant = [meant_by(word, counts) for word in WORD.findall(folded(words.text))]
    if None in meant:
        return None
    text = " ".join(spellings.get(word, word) for word in meant if word is not None)
    found = SearchWords.of(text)
    return found if found.stems != words.stems else None


def meant_by(word: str, counts: Mapping[str, int]) -> str | None:
    """The word itself when it is known or too short to judge; else the nearest, or None."""
    if word in counts or word in EMPTY_WORDS or len(word) < SHORTEST:
        return word
    near = {one for one in one_letter_away(word) if one in counts}
    return max(sorted(near), key=lambda one: counts[one], default=None)


def one_letter_away(word: str) -> Iterator[str]:
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for before, after in cuts:
        for letter in LETTERS:
            yield before + letter + after
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
