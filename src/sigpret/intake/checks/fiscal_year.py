"""EJERCICIO and GESTIÓN state one fiscal year, the same on every page."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, error

RULE = "inconsistent_fiscal_year"


def check(reading: Reading) -> Iterator[Finding]:
    """An error per page that states another year."""
    expected = reading.document.fiscal_year
    for header in reading.headers:
        for year in header.years:
            if year != expected:
                message = (
                    f"La página de la línea {header.line} es de {year} y el reporte es de"
                    f" {expected}; suba un solo reporte."
                )
                yield error(RULE, header.line, message)
