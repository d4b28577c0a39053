"""The receipt of a report that was sent: number, values and their fingerprint, as PDF/A."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sigpret.documents.pdf import compile_pdf

RECIPE = (
    "SHA-256 del texto JSON, sin espacios y en UTF-8, de la lista [número, código de la "
    "institución, periodo, [[código, ejecutado, causa], …]] con los datos en el orden de esta "
    "tabla. Un dato distinto da otra huella."
)


@dataclass(frozen=True, slots=True)
class SentValue:
    """A row of the report. Numbers as people read them (`1,234.5`); `value` empty: not written."""

    code: str
    name: str
    unit: str
    planned: str
    value: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class ReportReceipt:
    """What was sent. Dates are in words (`viernes 16 de octubre de 2026, 4:10 p. m.`).

    `period` is the quarter in words, `period_code` its SDMX code. `approved_by` is empty when
    whoever sent it could approve it. `next_step` says what happens now and until when.
    """

    number: str
    institution_code: str
    institution: str
    period: str
    period_code: str
    sent_by: str
    sent_at: str
    values: tuple[SentValue, ...]
    approved_by: str = ""
    next_step: str = ""
    is_demo: bool = False

    @property
    def digest(self) -> str:
        """The fingerprint the receipt prints; `RECIPE` tells anybody how to make it again."""
        told = [
            self.number,
            self.institution_code,
            self.period_code,
            [[value.code, value.value, value.cause] for value in self.values],
        ]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def receipt_pdf(receipt: ReportReceipt, *, written_at: datetime) -> bytes:
    """The receipt as tagged PDF/A-3a. `written_at` (aware) is when the report was sent: with the
    same receipt and moment the bytes are the same, so it need not be stored."""
    pairs = [
        ["Número", receipt.number],
        ["Institución", f"{receipt.institution_code} · {receipt.institution}"],
        ["Periodo", receipt.period],
        ["Enviado", f"{receipt.sent_at}, por {receipt.sent_by}"],
        ["Aprobado por", receipt.approved_by],
        ["Qué sigue", receipt.next_step],
    ]
    data = {
        "kind": "Recibo de reporte",
        "title": f"Recibo del reporte del {receipt.period}",
        "corner": [f"N.º {receipt.number}", receipt.sent_at],
        "footer": f"Recibo {receipt.number} · {receipt.institution}",
        "is_demo": receipt.is_demo,
        "facts": [pair for pair in pairs if pair[1]],
        "rows": [
            [row.code, row.name, row.unit, row.planned, row.value or "Sin reporte", row.cause]
            for row in receipt.values
        ],
        "digest": receipt.digest,
        "recipe": RECIPE,
    }
    return compile_pdf("receipt.typ", data, written_at=written_at)
