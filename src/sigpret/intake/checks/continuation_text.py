"""A continuation page repeats the objective it continues, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading, Restatement
from sigpret.intake.rows import Finding, error, warning
from sigpret.intake.spelling import fold


def check(reading: Reading) -> Iterator[Finding]:
    """A warning when a later page words it otherwise; an error when the same page does."""
    for again in reading.restatements:
        if _squeezed(again.text) != _squeezed(again.first_text):
            yield _on_new_page(again) if again.is_new_page else _on_same_page(again)


def _squeezed(text: str) -> str:
    # Lines wrap at other places on other pages, sometimes inside a hyphenated word.
    return fold(text).replace(" ", "")


def _on_new_page(again: Restatement) -> Finding:
    message = (
        f"«{again.subject}» no dice lo mismo en las líneas {again.first_line} y {again.line}; se"
        " conservó el primer texto, confírmelo."
    )
    return warning("continuation_text_differs", again.line, message)


def _on_same_page(again: Restatement) -> Finding:
    message = (
        f"«{again.subject}» está dos veces con textos distintos (líneas {again.first_line} y"
        f" {again.line}); deje uno solo."
    )
    return error("duplicated_number", again.line, message)
