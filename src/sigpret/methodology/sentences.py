"""Sentences that speak of something: Spanish here, any other language where they are shown.

A sentence is its Spanish text, so that it prints, stores and compares like any other. It also
keeps what it was made of: the shell looks its template up among the translations.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self


class Sentence(str):
    """A Spanish text made from a template with %(name)s places and what fills them."""

    template: str
    params: Mapping[str, Any]

    def __new__(cls, template: str, params: Mapping[str, Any] | None = None) -> Self:
        made = super().__new__(cls, template % params if params else template)
        made.template, made.params = template, params or {}
        return made


def sentence(template: str, **params: Any) -> Sentence:
    """The template filled with `params`; modules call it `_`, the name translators look for."""
    return Sentence(template, params)


def spoken(text: str, translate: Callable[[str], str]) -> str:
    """A sentence in the language of `translate`, the sentences inside it too; another text as it
    is."""
    if not isinstance(text, Sentence):
        return text
    words = {
        name: spoken(value, translate) if isinstance(value, str) else value
        for name, value in text.params.items()
    }
    template = translate(text.template)
    return template % words if words else template
