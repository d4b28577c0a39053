"""Signs that a page is missing, or that pages are out of order."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, warning

RULE = "continuation_gap"


def check(reading: Reading) -> Iterator[Finding]:
    """One warning per gap found while reading."""
    for gap in reading.gaps:
        message = f"En la línea {gap.line}, {gap.reason}; confirme que no falta ninguna página."
        yield warning(RULE, gap.line, message)
