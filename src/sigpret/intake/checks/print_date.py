"""Pages printed at different moments may come from two versions of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, warning

RULE = "inconsistent_print_date"


def check(reading: Reading) -> Iterator[Finding]:
    """A warning per page printed at another moment than the first."""
    expected = reading.document.report.printed_at
    for header in reading.headers:
        for printed in header.printed:
            if printed != expected:
                message = (
                    f"La página de la línea {header.line} se imprimió en otro momento que la"
                    " primera; confirme que es el mismo reporte."
                )
                yield warning(RULE, header.line, message)
