"""Report R00822953 ("Plan estratégico y operativo", seed 000) from text lines to a Reading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from sigpret.intake.readers.layout import CATALOGUED
from sigpret.intake.readers.outline import Outline
from sigpret.intake.readers.page import PageHeader
from sigpret.intake.readers.problems import Problems, RefusalError
from sigpret.intake.readers.reading import Gap, HeaderEvidence, Reading
from sigpret.intake.readers.scan import PageNumber, Scan, scan
from sigpret.intake.rows import Coded, PlanDocument, PrintedReport, error

REPORT_ID = "R00822953"
Value = TypeVar("Value")


def read_plan_report(lines: list[str]) -> Reading:
    """The plan the lines state. Raises RefusalError with every line that cannot be understood."""
    problems = Problems()
    told_apart = scan(lines, problems)
    headers = tuple(_evidence(header) for header in told_apart.headers)
    _refuse_other_report(told_apart, headers)
    outline = Outline(problems)
    objectives = outline.build(told_apart.events)
    problems.raise_if_any()
    if not objectives:
        message = "El reporte no trae ningún objetivo; descárguelo completo del SIAFI."
        raise RefusalError(error("no_objectives", None, message))
    document = PlanDocument(
        institution=_institution(headers),
        fiscal_year=_first(
            (year for header in headers for year in header.years), "el ejercicio ni la gestión"
        ),
        report=PrintedReport(REPORT_ID, next((x for h in headers for x in h.printed), None)),
        mission=outline.mission.text if outline.mission else None,
        vision=outline.vision.text if outline.vision else None,
        objectives=objectives,
    )
    gaps = (*outline.gaps, *_missing_pages(told_apart.page_numbers))
    return Reading(document, headers, tuple(outline.restatements), gaps)


def _refuse_other_report(told_apart: Scan, headers: tuple[HeaderEvidence, ...]) -> None:
    ids = [report_id for header in headers for report_id in header.report_ids]
    if REPORT_ID in ids:
        return
    message = "El archivo no es el reporte R00822953 (Plan estratégico y operativo) del SIAFI."
    if ids:
        message = f"El archivo es el reporte {ids[0]}; suba el R00822953 del SIAFI."
    elif told_apart.events:
        message = "Falta la línea «REP:R00822953»; descargue el reporte completo del SIAFI."
    raise RefusalError(error("not_a_plan_report", None, message))


def _evidence(header: PageHeader) -> HeaderEvidence:
    found = (CATALOGUED.fullmatch(text) for text in header.institution)
    return HeaderEvidence(
        header.line,
        tuple((match[1], match[2]) for match in found if match),
        tuple(header.years),
        tuple(header.report_ids),
        tuple(header.printed),
    )


def _institution(headers: tuple[HeaderEvidence, ...]) -> Coded:
    stated = (pair for header in headers for pair in header.institutions)
    return Coded(*_first(stated, "la institución con su código"))


def _first(stated: Iterator[Value], what: str) -> Value:
    for value in stated:
        return value
    message = f"El reporte no dice {what}; descárguelo completo del SIAFI."
    raise RefusalError(error("incomplete_header", None, message))


def _missing_pages(numbers: list[PageNumber]) -> list[Gap]:
    gaps = []
    for before, after in pairwise(numbers):
        if after.number != before.number + 1:
            reason = f"después de la página {before.number} viene la {after.number}"
            gaps.append(Gap(after.line, reason))
    if numbers and numbers[-1].total not in (None, numbers[-1].number):
        last = numbers[-1]
        gaps.append(Gap(last.line, f"termina en la página {last.number} de {last.total}"))
    return gaps
