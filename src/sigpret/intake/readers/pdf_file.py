"""A PDF with text to numbered lines, read by a child process that can only spend so much."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.readers.text_file import clean_lines
from sigpret.intake.rows import error

SIGNATURE = b"%PDF-"
SIGNATURE_WITHIN = 1024
SECONDS = 90
CHILD = Path(__file__).with_name("pdf_child.py")
REASONS = {
    "no_text": (
        "El PDF no contiene texto (parece escaneado); descargue el reporte del SIAFI en PDF"
        " o en texto."
    ),
    "password": "El PDF está protegido con contraseña; suba una copia sin contraseña.",
    "damaged": "El PDF está dañado; descargue el reporte otra vez del SIAFI.",
    "pages": "El PDF tiene más de 300 páginas; suba solo el reporte R00822953.",
    "characters": "El PDF tiene demasiado texto para ser un reporte R00822953.",
    "limits": "El PDF exige demasiado tiempo o memoria para leerlo; suba el reporte en texto.",
}


def is_pdf(data: bytes) -> bool:
    """Told by the content; readers of PDF accept some bytes before the signature."""
    return SIGNATURE in data[:SIGNATURE_WITHIN]


def read_pdf_lines(data: bytes) -> list[str]:
    """The lines of every page in order. Raises RefusalError with the reason."""
    try:
        # -I: the child sees no path or variable of the caller.
        child = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal("limits") from None
    if child.returncode != 0:
        raise _refusal("limits")
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise _refusal(answer["refused"])
    return clean_lines("\n".join(answer["lines"]))


def _refusal(reason: str) -> RefusalError:
    return RefusalError(error(f"pdf_{reason}", None, REASONS[reason]))
