"""Alphabetical order as a Spanish reader expects it: accents do not count, ñ follows n."""

from unicodedata import combining, normalize


def alphabetical(name: str) -> str:
    """A key to sort by; `Ámbar` stands before `Bosque`, `caña` after `canto`."""
    spread = normalize("NFD", name.casefold().replace("ñ", "n\uffff"))
    return "".join(letter for letter in spread if not combining(letter))
