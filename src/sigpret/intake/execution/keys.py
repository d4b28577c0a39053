"""The budget key: twelve segments, without padding, as SIAFI publishes it."""

from __future__ import annotations

import re

from sigpret.intake.execution.columns import SEGMENTS

CODE = re.compile(r"[0-9A-Za-z]{1,10}")
NAMED = re.compile(r"\s*([0-9A-Za-z]{1,10})(?:\s*[-–:]\s+|\s{2,}|\s*\|\s*)(\S.*)", re.DOTALL)


class KeyFormatError(ValueError):
    """The key cannot be read; its text is the reason for a person."""


def code_of(cell: str) -> str:
    """`060 - Secretaría de Salud` is `60`. Raises KeyFormatError."""
    found = NAMED.match(cell)
    code = found[1] if found else cell.strip()
    if not CODE.fullmatch(code):
        raise KeyFormatError(f"«{cell.strip()[:40]}» no es un código de la clave")
    return unpadded(code)


def name_of(cell: str) -> str:
    """`60 - Secretaría de Salud` is `Secretaría de Salud`; empty when only the code is written."""
    found = NAMED.match(cell)
    return " ".join(found[2].split())[:300] if found else ""


def unpadded(code: str) -> str:
    return (code.lstrip("0") or "0") if code.isdigit() else code


def segments_of(key: str) -> list[str]:
    """The twelve segments of a key written in one column. Raises KeyFormatError."""
    parts = key.strip().split("-")
    if len(parts) != len(SEGMENTS):
        raise KeyFormatError(
            f"la clave «{key.strip()[:60]}» tiene {len(parts)} segmentos y debe tener "
            f"{len(SEGMENTS)}"
        )
    return [code_of(part) for part in parts]
