"""From a template and its facts to the words of one notice. Plain substitution, no language.

A template is text with `{palabras}`; nothing in it is ever executed or looked up further, and
what replaces a word is not read again, so a fact cannot bring a template of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sigpret.apps.notices.kinds import Kind, Text

WORD = re.compile(r"\{([^{}]*)\}")
#: A word and the full stop after it, which a fact such as `5:00 p. m.` already brings.
WORD_AND_STOP = re.compile(r"\{([^{}]*)\}(\.?)")
#: Control characters and line ends: a subject is one line, whatever somebody wrote in a name.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
TITLE_LENGTH = 200


class MissingFactError(LookupError):
    """Whoever notifies left out a fact the kind needs: a mistake of the program."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What one notice says. `title` and `about` are one line of at most 200 characters."""

    title: str
    body: str
    about: str


def write(kind: Kind, subject: Text, text: Text, context: Mapping[str, Any]) -> Wording:
    """Fill both templates with the facts of `context`. Raises MissingFactError."""
    facts = facts_of(kind, context)
    about = str(context.get("subject") or fill(kind.about, facts))
    return Wording(one_line(fill(subject, facts)), fill(text, facts).strip(), one_line(about))


def example(kind: Kind, subject: Text, text: Text) -> Wording:
    """How the templates read with the examples of the kind, for the preview."""
    return write(kind, subject, text, {fact.name: fact.example for fact in kind.variables})


def facts_of(kind: Kind, context: Mapping[str, Any]) -> dict[str, str]:
    """Word of the template -> text. Raises MissingFactError."""
    missing = [fact.name for fact in kind.variables if fact.name not in context]
    if missing:
        raise MissingFactError(f"{kind.code}: {', '.join(missing)}")
    return {fact.word: str(context[fact.name]) for fact in kind.variables}


def fill(template: Text, facts: Mapping[str, str]) -> str:
    """Each known `{word}` becomes its fact; an unknown one stays as it is."""

    def put(found: re.Match[str]) -> str:
        fact = facts.get(found[1].strip())
        if fact is None:
            return found[0]
        return fact if fact.endswith(".") else fact + found[2]

    return WORD_AND_STOP.sub(put, str(template))


def unknown_words(kind: Kind, *templates: Text) -> tuple[str, ...]:
    """The `{words}` this kind of notice has no fact for, in order and once."""
    known = {fact.word for fact in kind.variables}
    found = [word.strip() for template in templates for word in WORD.findall(str(template))]
    return tuple(dict.fromkeys(word for word in found if word not in known))


def one_line(text: str) -> str:
    """Without line ends or control characters (they would add headers to a mail), cut to fit."""
    line = " ".join(CONTROL.sub(" ", text).split(" ")).strip()
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"
