"""Every page comes from the same SIAFI report."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, error

RULE = "inconsistent_report"


def check(reading: Reading) -> Iterator[Finding]:
    """An error per page of another report."""
    expected = reading.document.report.id
    for header in reading.headers:
        for report_id in header.report_ids:
            if report_id != expected:
                message = (
                    f"La página de la línea {header.line} es del reporte {report_id}; suba solo"
                    f" páginas del {expected}."
                )
                yield error(RULE, header.line, message)
