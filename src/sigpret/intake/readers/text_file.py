"""Bytes to numbered lines: the content tells the type, and no character changes silently."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sigpret.intake.readers.problems import Problems, RefusalError
from sigpret.intake.rows import error

SIZE_LIMIT = 20 * 1024 * 1024
LINE_END = re.compile(r"\r\n|\n|\r")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")
UTF8_LETTER = re.compile(rb"[\xc3\xc2][\x80-\xbf]")
MOST_ACCENTS = 30
BEYOND_LATIN = re.compile(f"[\u0300-\U0010ffff]{{{MOST_ACCENTS},}}")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SPACE_CODES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
SPACES = dict.fromkeys(SPACE_CODES, " ")
OTHER_TYPES = (
    (b"PK\x03\x04", "un libro de Excel, un documento de Word o un archivo comprimido"),
    (b"\xd0\xcf\x11\xe0", "un archivo antiguo de Excel o de Word"),
    (b"\x89PNG", "una imagen"),
    (b"\xff\xd8\xff", "una imagen"),
    (b"{\\rtf", "un documento de texto enriquecido"),
)


def check_size(data: bytes) -> None:
    """Raise RefusalError for an empty file or one above the limit."""
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise RefusalError(
            error("empty_file", None, "El archivo está vacío; suba el reporte R00822953.")
        )
    if len(data) > SIZE_LIMIT:
        message = "El archivo pesa más de 20 MB; un reporte R00822953 nunca llega a ese tamaño."
        raise RefusalError(error("file_too_large", None, message))


def read_lines(data: bytes) -> list[str]:
    """The lines of a text file in UTF-8, UTF-16 or Windows-1252. Raises RefusalError."""
    return clean_lines(_decode(data))


def clean_lines(text: str) -> list[str]:
    """Lines with composed accents (NFC) and every kind of space as a plain one."""
    _refuse_stacked_accents(text)
    text = unicodedata.normalize("NFC", text).translate(SPACES)
    # Page feeds mark the page that begins; they take no column of its first line.
    lines = [line.lstrip("\f").replace("\f", " ") for line in LINE_END.split(text)]
    _refuse_unreadable(lines, text)
    return lines


def _decode(data: bytes) -> str:
    for signature, what in OTHER_TYPES:
        if data.startswith(signature):
            message = f"Este archivo es {what}; suba el reporte R00822953 en PDF o en texto."
            raise RefusalError(error("unsupported_type", None, message))
    if data.startswith(UTF16_MARKS):
        return _decode_strictly(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return _decode_windows(data, failure.start)


def _decode_windows(data: bytes, broken_at: int) -> str:
    # UTF-8 with one broken byte would otherwise read as "InstituciÃ³n" without a warning.
    if UTF8_LETTER.search(data):
        line = len(LINE_END.findall(data[:broken_at].decode("latin-1"))) + 1
        message = f"La línea {line} tiene letras dañadas; descargue el reporte otra vez del SIAFI."
        raise RefusalError(error("mixed_encoding", line, message))
    return _decode_strictly(data, "cp1252")


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        message = "El archivo no es un texto ni un PDF; suba el reporte R00822953 que da el SIAFI."
        raise RefusalError(error("unsupported_type", None, message)) from None


def _refuse_stacked_accents(text: str) -> None:
    # Composing a letter under n accents takes n * n steps; no language stacks thirty.
    for run in BEYOND_LATIN.finditer(text):
        marks = "".join("m" if unicodedata.combining(letter) else " " for letter in run.group())
        if "m" * MOST_ACCENTS in marks:
            line = len(LINE_END.findall(text[: run.start()])) + 1
            message = f"La línea {line} tiene caracteres dañados; descargue el reporte otra vez."
            raise RefusalError(error("unreadable_characters", line, message))


def _refuse_unreadable(lines: list[str], text: str) -> None:
    if not UNREADABLE.search(text):
        return
    problems = Problems()
    for number, line in enumerate(lines, start=1):
        if UNREADABLE.search(line):
            message = f"La línea {number} tiene caracteres dañados; descargue el reporte otra vez."
            problems.add("unreadable_characters", number, message)
    problems.raise_if_any()
