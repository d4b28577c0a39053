"""The narrative plan: what an institution will do in the year, told in words, as PDF/A."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sigpret.documents.pdf import compile_pdf
from sigpret.documents.plan_paper import (
    PaperGroup,
    PaperObjective,
    PaperProduct,
    PaperResult,
    PlanPaper,
    printed,
)

TITLE = "Plan Operativo Anual"
PRODUCT_HEADERS = ("N.º", "Producto", "Unidad", "I", "II", "III", "IV", "Año")
CURVE_HEADERS = ("Trimestre", "Programado", "Acumulado", "Acumulado, % del año")
CURVE_NOTE = (
    "Suma simple de las cantidades de los productos intermedios; de todos los productos cuando "
    "el plan no dice cuáles son intermedios."
)
DASH = "—"


def plan_narrative_pdf(paper: PlanPaper, *, written_at: datetime) -> bytes:
    """The narrative as tagged PDF/A-3a; the same bytes for the same plan and moment."""
    data = {
        "kind": TITLE,
        "title": f"{TITLE} {paper.fiscal_year}",
        "corner": [paper.printed_at, paper.standing],
        "footer": f"{TITLE} {paper.fiscal_year} · {paper.institution}",
        "is_demo": paper.is_demo,
        "institution": paper.institution,
        "summary": summary(paper),
        "mission": paper.mission,
        "vision": paper.vision,
        "headers": list(PRODUCT_HEADERS),
        "objectives": [_objective(objective) for objective in paper.objectives],
        "curve_headers": list(CURVE_HEADERS),
        "curve": [[row.quarter, row.planned, row.to_date, row.percent] for row in paper.curve],
        "curve_note": CURVE_NOTE,
    }
    return compile_pdf("plan_narrative.typ", data, written_at=written_at)


def summary(paper: PlanPaper) -> str:
    """How much there is, in one sentence."""
    products = [product for _objective, _group, product in paper.products()]
    results = sum(len(objective.results) for objective in paper.objectives)
    scheduled = sum(product.annual_output is not None for product in products)
    return (
        f"En {paper.fiscal_year} la institución persigue"
        f" {counted(len(paper.objectives), 'objetivo')} y {counted(results, 'resultado')},"
        f" con {counted(len(products), 'producto')}; de ellos, {scheduled} con producción"
        " programada."
    )


def counted(number: int, noun: str) -> str:
    """`1 objetivo`, `3 objetivos`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def told_objective(objective: PaperObjective) -> str:
    """What the objective pursues, with the programme that pays for it when the plan says it."""
    programme = f" Responde al programa {objective.program_ref}." if objective.program_ref else ""
    return f"{ended(objective.text)}{programme}"


def told_result(result: PaperResult) -> str:
    """A result with whom it serves and what must hold for it."""
    said = f"Resultado {result.number}: {ended(result.text)}"
    if result.population:
        said += f" Población objetivo: {ended(result.population)}"
    if result.assumption:
        said += f" Supone que se cumpla lo siguiente: {ended(result.assumption)}"
    return said


def ended(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "?", "!", "…", ":")) else f"{text}."


def product_cells(objective: PaperObjective, product: PaperProduct) -> tuple[str, ...]:
    """A row of the programming; a dash where nothing is programmed."""
    return (
        f"{objective.number}.{product.number}",
        product.name,
        product.unit,
        *(printed(quantity, DASH) for quantity in product.quarters),
        printed(product.annual_output, DASH),
    )


def told_products(objective: PaperObjective, group: PaperGroup) -> Iterator[tuple[str, ...]]:
    """Of each product with something to tell: its name and its lines."""
    for product in group.products:
        lines = tuple(
            f"{label}: {ended(said)}"
            for label, said in (
                ("Clase", product.kind),
                ("Responsable", product.responsible),
                ("Medio de verificación", product.verification),
                ("Actividades", "; ".join(product.activities)),
            )
            if said
        )
        if lines:
            yield (f"{objective.number}.{product.number} {product.name}", *lines)


def _objective(objective: PaperObjective) -> dict[str, Any]:
    return {
        "heading": f"Objetivo {objective.number}",
        "text": told_objective(objective),
        "results": [told_result(result) for result in objective.results],
        "groups": [
            {
                "heading": f"Objetivo operativo {group.number}",
                "text": ended(group.text),
                "rows": [list(product_cells(objective, product)) for product in group.products],
                "products": [list(lines) for lines in told_products(objective, group)],
            }
            for group in objective.groups
        ],
    }
