"""The papers of a plan: complete, archivable, tagged, and never a formula."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document

from sigpret.documents.plan_narrative import plan_narrative_pdf
from sigpret.documents.plan_narrative_word import plan_narrative_docx
from sigpret.documents.plan_paper import (
    CurveRow,
    PaperGroup,
    PaperObjective,
    PaperProduct,
    PaperResult,
    PlanPaper,
    printed,
)
from sigpret.documents.plan_report import plan_report_pdf, plan_report_xlsx

MOMENT = datetime(2026, 10, 13, 15, 2, tzinfo=UTC)
HOSTILE = '=cmd|"/c calc" #import "x"; {{ 7*7 }} <script>alert(1)</script> \\ $ * _'
TWO = (None, Decimal(1), None, Decimal(1))


def product(number: int, name: str = "", output: str | None = "2") -> PaperProduct:
    return PaperProduct(
        number,
        name or f"Informe {number} elaborado",
        "149 - INFORME",
        "2 - Semestral",
        None if output is None else Decimal(output),
        TWO if output == "2" else (None,) * 4,
        kind="final",
        responsible="Unidad de Estadística",
        verification="Acta de entrega",
        activities=("Levantar datos", "Redactar"),
    )


PAPER = PlanPaper(
    institution="912 - Instituto Ficticio de Riberas",
    fiscal_year=2026,
    printed_at="13/10/2026 09:02:00 a.m.",
    standing="Versión 3 · borrador",
    mission="Cuidar las riberas.",
    vision="",
    objectives=(
        PaperObjective(
            1,
            "Conservar las riberas.",
            "PG-21",
            (PaperResult(1, "Reducidas las pérdidas", "Que no llueva de más", "184 - PUBLICAS"),),
            (PaperGroup(1, "Mantener las obras", tuple(map(product, range(1, 40)))),),
        ),
        PaperObjective(
            2, "Medir", "", (), (PaperGroup(1, "Publicar", (product(7, HOSTILE, None),)),)
        ),
    ),
    curve=(CurveRow("I trimestre de 2026", "50", "50", "18.94 %"),),
    is_demo=True,
)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    words = " ".join(
        document[page].get_textpage().get_text_range() for page in range(len(document))
    )
    return " ".join(words.split())


@pytest.mark.parametrize("make", [plan_report_pdf, plan_narrative_pdf])
def test_a_paper_is_tagged_archivable_and_the_same_twice(make):
    data = make(PAPER, written_at=MOMENT)
    assert data == make(PAPER, written_at=MOMENT)
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert pdfium.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(data).raw)


def test_the_report_has_the_fields_of_the_official_one_in_its_order():
    said = text_of(plan_report_pdf(PAPER, written_at=MOMENT))
    order = [
        "R00822953", "13/10/2026 09:02:00 a.m.", "912 - Instituto Ficticio de Riberas",
        "Misión", "Cuidar las riberas.", "1 - Conservar las riberas.(PG-21)",
        "Resultado: 1 - Reducidas las pérdidas", "Supuesto: Que no llueva de más",
        "Población Objetivo: 184 - PUBLICAS", "1 Mantener las obras", "Producción Anual",
        "1 - Informe 1 elaborado", "39 - Informe 39 elaborado", "2 - Medir",
    ]  # fmt: skip
    places = [said.index(part) for part in order]
    assert places == sorted(places)


def test_what_was_typed_is_printed_and_never_runs():
    assert "{{ 7*7 }} <script>alert(1)</script>" in text_of(
        plan_report_pdf(PAPER, written_at=MOMENT)
    )
    sheet = openpyxl.load_workbook(BytesIO(plan_report_xlsx(PAPER, written_at=MOMENT))).active
    cell = next(c for row in sheet.iter_rows() for c in row if HOSTILE in str(c.value))
    assert cell.data_type == "s"


def test_the_workbook_has_quantities_as_numbers_and_a_blank_is_not_zero():
    sheet = openpyxl.load_workbook(BytesIO(plan_report_xlsx(PAPER, written_at=MOMENT))).active
    rows = {row[0].value: row[3].value for row in sheet.iter_rows() if row[0].value}
    assert rows["1 - Informe 1 elaborado"] == 2
    assert rows[f"7 - {HOSTILE}"] is None


def test_the_narrative_tells_who_does_what_and_what_is_programmed():
    said = text_of(plan_narrative_pdf(PAPER, written_at=MOMENT))
    assert "persigue 2 objetivos y 1 resultado, con 40 productos; de ellos, 39 con" in said
    assert "Responde al programa PG-21." in said
    assert "Responsable: Unidad de Estadística." in said
    assert "18.94 %" in said


def test_the_word_copy_has_the_same_words_and_is_the_same_twice():
    data = plan_narrative_docx(PAPER)
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None
    document = Document(BytesIO(data))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == ["Misión", "Objetivo 1", "Objetivo operativo 1"]
    assert document.tables[0].rows[1].cells[1].text == "Informe 1 elaborado"
    assert "Datos ficticios de demostración." in [p.text for p in document.paragraphs]


def test_a_plan_without_products_is_printed():
    bare = replace(
        PAPER, objectives=(PaperObjective(1, "Solo", "", (), (PaperGroup(1, "Nada", ()),)),)
    )
    assert "Sin productos." in text_of(plan_report_pdf(bare, written_at=MOMENT))
    assert "Sin productos." in text_of(plan_narrative_pdf(bare, written_at=MOMENT))


@pytest.mark.parametrize(
    ("quantity", "said"),
    [("1234.5000", "1,234.5"), ("0", "0"), ("100", "100"), ("0.2500", "0.25")],
)
def test_a_quantity_keeps_its_decimals_and_no_zeros(quantity, said):
    assert printed(Decimal(quantity)) == said
