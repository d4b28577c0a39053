"""97 official reports of 30 products, against plain tables of the same rows and the same engine."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import typst

from bench.measurement import Measurement
from sigpret.documents.plan_paper import (
    PaperGroup,
    PaperObjective,
    PaperProduct,
    PaperResult,
    PlanPaper,
)
from sigpret.documents.plan_report import cells, plan_report_pdf

BUDGET = 3.0
PLANS, OBJECTIVES, PRODUCTS = 97, 3, 10
RUNS = 3
NOW = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
#: Nothing but the rows: no heading, no tags, no archive.
PLAIN = b"""
#let rows = json(bytes(sys.inputs.data))
#table(columns: (5fr, 2fr, 2fr, 1fr), ..rows.flatten())
"""
TEXT = "con la participación de las comunidades y el informe de cada trimestre"


def measure() -> list[Measurement]:
    """Processor time, so that the ratio is of the work and not of the machine's mood."""
    papers = [paper(number) for number in range(PLANS)]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    rows = [[list(cells(product)) for _o, _g, product in one.products()] for one in papers]
    ours = least_cpu(lambda: [plan_report_pdf(one, written_at=NOW) for one in papers])
    bare = least_cpu(lambda: [plain_pdf(one, fonts) for one in rows])
    note = f"{ours:.1f} s of CPU against {bare:.1f} s for {PLANS} plans"
    return [Measurement("plan_pdfs", ours / bare, BUDGET, note)]


def plain_pdf(rows: list[list[str]], fonts: typst.Fonts) -> bytes:
    """The rows as one table, with nothing around."""
    data = {"data": json.dumps(rows, ensure_ascii=False)}
    return bytes(typst.compile(PLAIN, font_paths=fonts, format="pdf", sys_inputs=data))


def least_cpu(work: Callable[[], object]) -> float:
    """Seconds of processor of the quickest of a few runs."""
    spent = []
    for _run in range(RUNS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def paper(plan: int) -> PlanPaper:
    """A plan as institutions write them: long names, a few results."""
    return PlanPaper(
        institution=f"{plan} - Instituto de Ejemplo {plan}",
        fiscal_year=2026,
        printed_at="13/10/2026 09:00:00 a.m.",
        standing="Versión 1 · bloqueado",
        mission=f"Servir {TEXT}",
        vision=f"Ser una institución reconocida {TEXT}",
        objectives=tuple(objective(plan, number) for number in range(1, OBJECTIVES + 1)),
    )


def objective(plan: int, number: int) -> PaperObjective:
    result = PaperResult(1, f"Mejorado el servicio {TEXT}", "Que haya recursos", "184 - PÚBLICAS")
    products = tuple(product(plan, number, row) for row in range(1, PRODUCTS + 1))
    group = PaperGroup(1, f"Atender {TEXT}", products)
    return PaperObjective(number, f"Fortalecer {TEXT}", f"PG-1{number}", (result,), (group,))


def product(plan: int, objective: int, number: int) -> PaperProduct:
    return PaperProduct(
        number,
        f"Informe {plan}.{objective}.{number} elaborado {TEXT}",
        "149 - INFORME",
        "4 - Trimestral",
        Decimal(number),
    )
