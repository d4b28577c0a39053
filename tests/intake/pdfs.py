"""Small hand-made PDF files: text at positions, as a report engine prints it."""

from __future__ import annotations

from dataclasses import dataclass

PAGE_HEIGHT = 792
FONT_SIZE = 8


@dataclass(frozen=True)
class Placed:
    """Text with its left edge and its baseline counted from the top of the page, in points."""

    x: float
    y: float
    text: str


def pdf(pages: list[list[Placed]], *, encrypt: str = "") -> bytes:
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


def _file(objects: list[str], encrypt: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010} 00000 n \n".encode()
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R{encrypt} >>"
    out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
