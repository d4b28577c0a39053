"""What was read, in a few lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.rows import Finding, PlanDocument


def summary(document: PlanDocument | None, findings: tuple[Finding, ...]) -> str:
    """Counts and warnings of a plan, or why the file was refused."""
    lines = list(_counts(document)) if document else ["No se pudo leer el reporte:"]
    if document and findings:
        lines.append(f"{len(findings)} avisos para revisar:")
    return "\n".join([*lines, *(_sentence(finding) for finding in findings)])


def _counts(document: PlanDocument) -> Iterator[str]:
    products = [placed.product for placed in document.placed_products()]
    outputs = [p.annual_output for p in products if p.annual_output is not None]
    results = sum(len(objective.results) for objective in document.objectives)
    printed = f", impreso {document.report.printed_at}" if document.report.printed_at else ""
    yield f"{document.institution} · ejercicio {document.fiscal_year}"
    yield f"Reporte {document.report.id}{printed}"
    yield f"{len(document.objectives)} objetivos, {results} resultados, {len(products)} productos"
    blank = len(products) - len(outputs)
    yield f"Producción anual: {len(outputs)} con cantidad (suma {sum(outputs)}), {blank} en blanco"


def _sentence(finding: Finding) -> str:
    place = f"línea {finding.line}: " if finding.line else ""
    return f"  - {place}{finding.message}"
