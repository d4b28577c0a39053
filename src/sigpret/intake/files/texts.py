"""Plain text and CSV: readable characters only, and nothing a spreadsheet would run."""

from __future__ import annotations

import re

from sigpret.intake.files.kinds import CSV, TEXT, FileRefusedError, Kind, Reason

ENCODINGS = ("utf-8-sig", "cp1252")
WIDE = (b"\xff\xfe", b"\xfe\xff")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
WEB = re.compile(r"<\s*(script|iframe|svg|html|object|embed)\b", re.I)
#: A cell that starts a program when a spreadsheet opens the file: `=cmd|'/C calc'!A0`.
COMMANDS = re.compile(
    r"(^|[,;\t\"\n\r])[\s\"']*[=+\-@＝＋－＠][^\n]*"
    r"(\|[^\n]*!|\b(DDE|WEBSERVICE|HYPERLINK|CALL|EXEC|REGISTER)\s*\()",
    re.I | re.M,
)


def text_kind(data: bytes, name: str) -> Kind:
    """Text, told apart from CSV by its name alone. Raises FileRefusedError."""
    text = decoded(data)
    if CONTROL.search(text):
        raise FileRefusedError(Reason.UNKNOWN)
    if WEB.search(text):
        raise FileRefusedError(Reason.WEB_PAGE)
    if COMMANDS.search(text):
        raise FileRefusedError(Reason.COMMANDS)
    return CSV if name.lower().endswith(".csv") else TEXT


def decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(WIDE) else ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(Reason.UNKNOWN)
