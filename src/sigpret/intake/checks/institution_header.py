"""Every page of a report belongs to the same institution, told by its code."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, error, warning
from sigpret.intake.spelling import fold

RULE = "inconsistent_institution"


def check(reading: Reading) -> Iterator[Finding]:
    """An error for a page of another institution, a warning for another name of the same code."""
    expected = reading.document.institution
    for header in reading.headers:
        for code, name in header.institutions:
            if code != expected.code:
                message = (
                    f"La página de la línea {header.line} es de la institución {code} y el reporte"
                    f" es de la {expected.code}; suba un solo reporte."
                )
                yield error(RULE, header.line, message)
            elif fold(name) != fold(expected.name):
                message = (
                    f"La página de la línea {header.line} llama a la institución {code} «{name}»;"
                    " confirme el nombre."
                )
                yield warning(RULE, header.line, message)
