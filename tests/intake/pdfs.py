"""Small hand-made PDF files: text at positions, as a report engine prints it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from sigpret.intake.rows import Objective, PlanDocument, Product

PAGE_HEIGHT = 792
BOTTOM = 740
LEADING = 10
TEXT_WIDTH = 110
COLUMNS = (40, 330, 440, 520)
FONT_SIZE = 8


@dataclass(frozen=True)
class Placed:
    """Text with its left edge and its baseline counted from the top of the page, in points."""

    x: float
    y: float
    text: str


def pdf(pages: list[list[Placed]], *, encrypt: bool = False) -> bytes:
    """One PDF 1.4 file with a standard font and one content stream per page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for page in pages:
        stream = "\n".join(_show(placed) for placed in page)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        content = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 {PAGE_HEIGHT}]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects, encrypt)


def _show(placed: Placed) -> str:
    escaped = placed.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {FONT_SIZE} Tf {placed.x} {PAGE_HEIGHT - placed.y} Td ({escaped}) Tj ET"


def _file(objects: list[str], encrypt: bool) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010} 00000 n \n".encode()
    locked = (
        f" /ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        f" /O <{'11' * 32}> /U <{'22' * 32}> >>"
    )
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R{locked if encrypt else ''} >>"
    out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def printed(document: PlanDocument, width: int) -> bytes:
    """The plan as a report engine prints it, product names wrapped to `width` characters."""
    return pdf(_Printer(document, width).pages)


class _Printer:
    def __init__(self, document: PlanDocument, width: int) -> None:
        self.document = document
        self.width = width
        self.pages: list[list[Placed]] = []
        self.y = 0
        self.header()
        self.text(f"MISIÓN: {document.mission}")
        self.text(f"VISIÓN: {document.vision}")
        for objective in document.objectives:
            self.objective(objective)

    def put(self, x: int, text: str) -> None:
        self.pages[-1].append(Placed(x, self.y, text))

    def header(self) -> None:
        self.pages.append([])
        self.y = 40
        for left, right in (
            ("PLAN ESTRATÉGICO Y OPERATIVO", "REP:R00822953"),
            ("REPÚBLICA DE HONDURAS", "GESTIÓN:2026"),
            (f"Institución: {self.document.institution}", "03/02/2026 09:15:30 a.m."),
        ):
            self.put(40, left)
            self.put(480, right)
            self.y += LEADING

    def text(self, text: str) -> None:
        for piece in textwrap.wrap(text, TEXT_WIDTH):
            self.put(40, piece)
            self.y += LEADING
        self.y += 6

    def objective(self, objective: Objective) -> None:
        reference = f"({objective.program_ref})" if objective.program_ref else ""
        stated = f"OBJETIVO: {objective.number} - {objective.text}{reference}"
        self.text(stated)
        for result in objective.results:
            self.text(f"Resultado: {result.number} - {result.text}")
            self.text(f"Supuesto: {result.assumption}")
            self.text(f"Población Objetivo: {result.target_population}")
        for part in objective.operational_objectives:
            under = f"Objetivo Operativo: {part.number} {part.text}"
            self.text(under)
            self.heading()
            for product in part.products:
                self.product(product, stated, under)

    def heading(self) -> None:
        titles = ("Producto", "Unidad de Medida", "Periodicidad", "Producción Anual")
        for x, title in zip(COLUMNS, titles, strict=True):
            self.put(x, title)
        self.y += LEADING

    def product(self, product: Product, stated: str, under: str) -> None:
        pieces = textwrap.wrap(f"{product.number} - {product.name}", self.width)
        if self.y + len(pieces) * LEADING > BOTTOM:
            self.header()
            self.text(stated)
            self.text(under)
            self.heading()
        output = "" if product.annual_output is None else str(product.annual_output)
        cells = (str(product.unit_of_measure), str(product.periodicity), output)
        for x, cell in zip(COLUMNS[1:], cells, strict=True):
            self.put(x, cell)
        for piece in pieces:
            self.put(40, piece)
            self.y += LEADING
