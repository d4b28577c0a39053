"""Documents on paper: archivable, tagged, the same every time, and only text where text goes."""

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from sigpret.documents.closing_act import (
    DRAFT,
    ActCheck,
    ActCount,
    ActException,
    ActSigner,
    ClosingAct,
    closing_act_pdf,
)
from sigpret.documents.conformity import ConformityProof, conformity_pdf
from sigpret.documents.matrix_table import MatrixTable, Said, matrix_pdf
from sigpret.documents.pdf import UnknownTemplateError, compile_pdf
from sigpret.documents.receipt import ReportReceipt, SentValue, receipt_pdf

MOMENT = datetime(2026, 10, 16, 22, 10, tzinfo=UTC)
VALUE = SentValue("1.2", "Hospitales abastecidos", "Hospital", "1,200", "24", "Licitación desierta")
RECEIPT = ReportReceipt(
    number="414-2026-T3-1",
    institution_code="414",
    institution="Secretaría de Salud",
    period="III trimestre de 2026",
    period_code="2026-Q3",
    sent_by="Luis Pérez",
    sent_at="viernes 16 de octubre de 2026, 4:10 p. m.",
    values=(VALUE, SentValue("1.3", "Becas", "Beca", "10", "")),
    is_demo=True,
)
ACT = ClosingAct(
    period="III trimestre de 2026",
    edition=1,
    closed_at="viernes 30 de octubre de 2026",
    summary="Se cierra con 1,632 datos.",
    counts=(ActCount("1,548", "validados"),),
    checks=(ActCheck("El plazo venció", "16 de octubre", "Cumplido", True),),
    exceptions=(ActException("702 Instituto Alfa", "Incendio", "", "", "Sin reporte"),),
    digest="9f2c41d87b06" + "0" * 52,
    signers=(ActSigner("Rosa Elvir", "Directora", "9:58"), ActSigner("Héctor Paz", "Director", "")),
)
MATRIX = MatrixTable(
    title="Matriz de Consistencia de Resultados",
    lede="90 metas",
    edition="versión 2",
    columns=(("Eje", 3), ("Meta", 9)),
    rows=tuple(((Said("Eje 1"),), (Said(f"Meta {n}"), Said("a/b", "Fórmula"))) for n in range(90)),
)
PROOF = ConformityProof(
    mesa="MESGEPRET Salud",
    code="07-2026",
    version=5,
    name="Jorge Henríquez",
    post="Director de la UPGRET",
    institution="Secretaría de Salud",
    session="martes 20 de octubre de 2026, 9:00 a 11:10 a. m.",
    agreed_at="viernes 23 de octubre de 2026, 7:42 a. m.",
    digest="9f2c41d87b06" + "0" * 52,
    verified_at="https://sigpret.gob.hn/verificar/9f2c41d87b060000",
    mine=(("7.3", "Entregar a COPECO la lista de repuestos", "28 de octubre de 2026"),),
)
MADE = {
    "proof of conformity": lambda: conformity_pdf(PROOF, written_at=MOMENT),
    "receipt": lambda: receipt_pdf(RECEIPT, written_at=MOMENT),
    "closing act": lambda: closing_act_pdf(ACT, written_at=MOMENT),
    "matrix": lambda: matrix_pdf(MATRIX, written_at=MOMENT),
}


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())
def test_a_document_says_it_can_be_archived_and_read_aloud(make):
    data = make()
    document = pypdfium2.PdfDocument(data)
    # The description of PDF/A stands unpacked in the file, so that archives find it.
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert b"/Lang(es-HN)" in data
    assert document.get_metadata_dict()["Title"]


@pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())
def test_the_same_document_has_the_same_bytes(make):
    assert make() == make()


@pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())
def test_every_page_has_its_number(make):
    said = pages(make())
    for number, text in enumerate(said, 1):
        assert f"Página {number} de {len(said)}" in text


def test_a_receipt_prints_what_was_sent_and_its_fingerprint():
    (text,) = pages(receipt_pdf(RECEIPT, written_at=MOMENT))
    for said in ("414-2026-T3-1", "Hospitales abastecidos", "24", "Licitación desierta"):
        assert said in text
    assert "Sin reporte" in text
    assert RECEIPT.digest in text
    assert "Datos ficticios de demostración" in text


def test_another_value_has_another_fingerprint():
    other = replace(RECEIPT, values=(replace(VALUE, value="25"),))
    assert other.digest != RECEIPT.digest
    assert replace(RECEIPT, sent_by="Otra persona").digest == RECEIPT.digest


def test_an_act_prints_its_checks_its_exceptions_and_who_confirms():
    (text,) = pages(closing_act_pdf(ACT, written_at=MOMENT))
    for said in ("El plazo venció", "702 Instituto Alfa", "Rosa Elvir", "Héctor Paz", ACT.digest):
        assert said in text
    assert DRAFT not in text
    (draft,) = pages(closing_act_pdf(replace(ACT, is_draft=True), written_at=MOMENT))
    assert DRAFT in draft


def test_a_later_edition_says_which():
    (text,) = pages(closing_act_pdf(replace(ACT, edition=2), written_at=MOMENT))
    assert "edición 2" in text


def test_the_matrix_lies_down_and_repeats_its_header():
    data = matrix_pdf(MATRIX, written_at=MOMENT)
    page = pypdfium2.PdfDocument(data)[0]
    assert page.get_width() > page.get_height()
    assert all("Eje Meta" in text for text in pages(data))


MARKUP = (
    '#panic("no")',
    '#import "frame.typ"',
    '#read("/etc/passwd")',
    "*negrita* _cursiva_ `código` $x^2$",
    "= Título\n== Otro",
    "<etiqueta> @referencia",
    "// comentario /* otro */",
    '"); panic("no',
    "\\u{41} \\n",
    "#sys.inputs.data",
    "https://ejemplo.hn",
    "- lista\n+ otra",
)


@pytest.mark.parametrize("text", MARKUP)
def test_what_people_write_is_printed_and_never_obeyed(text):
    said = replace(RECEIPT, values=(replace(VALUE, name="Principio", cause=text),))
    printed = pages(receipt_pdf(said, written_at=MOMENT))[0].replace(" ", "")
    assert "".join(text.split()) in printed


@pytest.mark.parametrize("name", ["nada.typ", "../pdf.py", "/etc/passwd", "x/../receipt.typ"])
def test_only_our_templates_are_compiled(name):
    with pytest.raises(UnknownTemplateError):
        compile_pdf(name, {}, written_at=MOMENT)
