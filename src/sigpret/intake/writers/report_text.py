"""A plan as the text of report R00822953 (seed 000): what the reader reads back, identical.

Tables are separated by tabs, as when the report is copied; each text stands on one line. What the
report cannot print without saying something else is named instead of altered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sigpret.intake.compare import compare
from sigpret.intake.read_plan import read_plan_bytes
from sigpret.intake.readers.plan_report import REPORT_ID
from sigpret.intake.readers.table_header import PRINTED_ORDER
from sigpret.intake.rows import (
    Coded,
    Objective,
    OperationalObjective,
    PlanDocument,
    PrintedReport,
    Product,
    Result,
)

DASHES = ("-", "–", "—")
#: "1.250" could be a thousand and a quarter or one and a quarter: a fourth decimal settles it.
DOUBTFUL_DECIMALS, CLEAR_DECIMALS = 3, 4


class UnprintableError(ValueError):
    """The report would say something else; `sentences` name where, for the planner."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def report_text(document: PlanDocument) -> bytes:
    """The report in UTF-8. Reading it gives `printable(document)`. Raises UnprintableError."""
    wanted = printable(document)
    data = "\n".join([*_lines(wanted), ""]).encode()
    outcome = read_plan_bytes(data)
    if outcome.document is None:
        raise UnprintableError(tuple(finding.message for finding in outcome.findings))
    found = printable(outcome.document)
    if found != wanted:
        raise UnprintableError(_differences(wanted, found))
    return data


def printable(document: PlanDocument) -> PlanDocument:
    """The document as a report states it: one line per text, composed accents, no file lines.

    Its number is always that of this report; codes lose their zero padding.
    """
    return replace(
        document,
        institution=_coded(document.institution),
        report=PrintedReport(REPORT_ID, document.report.printed_at),
        mission=_optional(document.mission),
        vision=_optional(document.vision),
        objectives=tuple(map(_objective, document.objectives)),
    )


def _differences(wanted: PlanDocument, found: PlanDocument) -> tuple[str, ...]:
    if (wanted.institution.code, wanted.fiscal_year) != (found.institution.code, found.fiscal_year):
        return ("La institución o el ejercicio no se pueden imprimir; revise su nombre.",)
    sentences = tuple(change.sentence() for change in compare(wanted, found).changes)
    return sentences or ("El encabezado del reporte no se puede imprimir.",)


def _objective(row: Objective) -> Objective:
    return replace(
        row,
        text=one_line(row.text),
        program_ref=(row.program_ref or "").replace(" ", "") or None,
        results=tuple(map(_result, row.results)),
        operational_objectives=tuple(map(_operational, row.operational_objectives)),
    )


def _result(row: Result) -> Result:
    population = _coded(row.target_population) if row.target_population else None
    return replace(
        row,
        text=one_line(row.text),
        assumption=_optional(row.assumption),
        target_population=population,
    )


def _operational(row: OperationalObjective) -> OperationalObjective:
    return replace(row, text=one_line(row.text), products=tuple(map(_product, row.products)))


def _product(row: Product) -> Product:
    return replace(
        row,
        name=one_line(row.name),
        unit_of_measure=_coded(row.unit_of_measure),
        periodicity=_coded(row.periodicity),
        line=0,
    )


def _coded(entry: Coded) -> Coded:
    return Coded(entry.code.lstrip("0") or "0", one_line(entry.name))


def _optional(text: str | None) -> str | None:
    return one_line(text or "") or None


def one_line(text: str) -> str:
    """Single spaces, composed accents: how every text of the report is read."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _lines(document: PlanDocument) -> Iterator[str]:
    yield from _header(document)
    for label, text in (("MISIÓN", document.mission), ("VISIÓN", document.vision)):
        if text:
            yield from (f"{label}: {text}", "")
    for objective in document.objectives:
        reference = f"({objective.program_ref})" if objective.program_ref else ""
        yield from (f"OBJETIVO: {objective.number} - {objective.text}{reference}", "")
        for result in objective.results:
            yield from _result_lines(result)
        for operational in objective.operational_objectives:
            yield from _operational_lines(operational)


def _header(document: PlanDocument) -> Iterator[str]:
    yield from ("PLAN ESTRATÉGICO Y OPERATIVO", "", f"Institución: {document.institution}", "")
    yield from ("REPÚBLICA DE HONDURAS", "SECRETARÍA DE FINANZAS", "")
    yield from (f"EJERCICIO: {document.fiscal_year}", "", f"REP:{REPORT_ID}")
    yield f"GESTIÓN:{document.fiscal_year}"
    if document.report.printed_at:
        yield printed_moment(document.report.printed_at)
    yield ""


def printed_moment(moment: str) -> str:
    """ISO local time as the report prints it: `09/04/2026 10:02:04 a.m.`; a day alone, alone."""
    at = datetime.fromisoformat(moment)
    day = f"{at:%d/%m/%Y}"
    if "T" not in moment:
        return day
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{day} {at.hour % 12 or 12:02}:{at:%M:%S} {half}"


def _result_lines(result: Result) -> Iterator[str]:
    yield from (f"Resultado: {result.number} - {result.text}", "")
    if result.assumption:
        yield from (f"Supuesto: {result.assumption}", "")
    if result.target_population:
        yield from (f"Población Objetivo: {result.target_population}", "")


def _operational_lines(operational: OperationalObjective) -> Iterator[str]:
    # The report prints no dash here; a text that begins with one would lose it.
    dash = "- " if operational.text.startswith(DASHES) else ""
    yield from (f"Objetivo Operativo: {operational.number} {dash}{operational.text}", "")
    if operational.products:
        yield "\t".join(PRINTED_ORDER)
        yield from map(_row, operational.products)
        yield ""


def _row(product: Product) -> str:
    return "\t".join(
        (
            f"{product.number} - {product.name}",
            str(product.unit_of_measure),
            str(product.periodicity),
            printed_quantity(product.annual_output),
        )
    )


def printed_quantity(quantity: Decimal | None) -> str:
    """A quantity that can be read in one way only; blank when nothing is published."""
    if quantity is None:
        return ""
    text = f"{quantity.normalize():f}"
    _whole, _point, decimals = text.partition(".")
    if len(decimals) == DOUBTFUL_DECIMALS:
        return text.ljust(len(text) + CLEAR_DECIMALS - DOUBTFUL_DECIMALS, "0")
    return text
