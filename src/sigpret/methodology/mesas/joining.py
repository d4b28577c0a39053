"""Two people who write the same text at once: what can be joined is joined, nothing is dropped."""

from difflib import SequenceMatcher


def joined(base: str, theirs: str, mine: str) -> str | None:
    """One text with both changes of `base`; None when they change the same words.

    `theirs` is stored already. Asking again for what is already there changes nothing, so that
    a text whose answer was lost may be sent twice. Lines are the unit; both additions after the
    last line are kept, theirs first.
    """
    if mine in (theirs, base):
        return theirs
    if theirs == base or (mine and theirs.startswith(mine)):
        return mine if theirs == base else theirs
    if theirs.startswith(base) and mine.startswith(base):
        return _after(theirs, mine[len(base) :])
    return _by_lines(base.splitlines(), theirs.splitlines(), mine.splitlines())


def _after(text: str, added: str) -> str:
    """`added` on a line of its own after `text`, unless it is there already."""
    more = added.strip("\n ")
    if not more or text.endswith(more):
        return text
    return f"{text.rstrip()}\n{more}" if text.strip() else more


def _by_lines(base: list[str], theirs: list[str], mine: list[str]) -> str | None:
    """Both sets of replaced lines, when none of them touches another."""
    changes = [(span, lines, 0) for span, lines in _changes(base, theirs)]
    changes += [(span, lines, 1) for span, lines in _changes(base, mine)]
    changes.sort(key=lambda change: (change[0], change[2]))
    written: list[str] = []
    done = 0
    touched = -1
    for (start, end), lines, _side in changes:
        if start <= touched:
            return None
        written += base[done:start] + lines
        done = touched = end
    return "\n".join(written + base[done:])


def _changes(base: list[str], other: list[str]) -> list[tuple[tuple[int, int], list[str]]]:
    """The spans of `base` that `other` replaces, and with what."""
    steps = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [((a, b), other[c:d]) for tag, a, b, c, d in steps if tag != "equal"]
