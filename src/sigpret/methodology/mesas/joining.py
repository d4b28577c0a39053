"""Two people who write the same text at once: what can be joined is joined, nothing is dropped."""

from difflib import SequenceMatcher


def joined(base: str, theirs: str, mine: str) -> str | None:
    """One text with both changes of `base`; None when they change the same words.

    `theirs` is stored already. Asking again for what is already there changes nothing, so that
    a text whose answer was lost may be sent twice. Lines are the unit; both additions after the
    last line are kept, theirs first. Who goes on with a line the other goes on with too, or
    deletes what the other goes on with, is shown both texts.
    """
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    if theirs.startswith(base) and mine.startswith(base):
        return _both_after(base, theirs, mine)
    return _by_lines(base.splitlines(), theirs.splitlines(), mine.splitlines())


def _both_after(base: str, theirs: str, mine: str) -> str | None:
    """`base` with what each went on with: the end of its last line, and the lines after it."""
    if theirs.startswith(mine) or mine.startswith(theirs):
        return max(theirs, mine, key=len)
    # A text that is empty or ends in a line break has no line to go on with.
    is_whole = not base or base.endswith("\n")
    opening = "\n" if is_whole else ""
    (their_end, their_lines), (my_end, my_lines) = (
        _ended(opening + text[len(base) :]) for text in (theirs, mine)
    )
    if their_end and my_end and their_end != my_end:
        return None
    lines = [] if is_whole and not base.strip() else [base.rstrip("\n") + (their_end or my_end)]
    lines += their_lines
    if their_lines[-len(my_lines) :] != my_lines:
        lines += my_lines
    return "\n".join(lines)


def _ended(tail: str) -> tuple[str, list[str]]:
    """The end of a line and the lines after it, without blank ones at the end."""
    end, *lines = tail.rstrip().split("\n")
    return end.rstrip(), lines


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
