"""The outside of a workbook, judged before it is opened: a zip with few, small, plain parts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.rows import error

LARGEST_FILE = 5 * 1024 * 1024
MOST_PARTS = 200
LARGEST_TOTAL = 96 * 1024 * 1024
LARGEST_RATIO = 200
#: Below this, a part may compress as well as it likes: a sheet of blanks does.
SMALL_PART = 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_FLAG = 0x1
UNIX_LINK = 0o120000
PLAIN_NAME = re.compile(r"[\w .,()\[\]{}/+%&\-]{1,200}")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
DOCTYPE_WITHIN = 4096
COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError)

REASONS = {
    "too_large": "El archivo pesa más de 5 MB. Suba la hoja que descargó de aquí, sin imágenes.",
    "old_excel": (
        "El archivo es de Excel 97-2003 (.xls) o está protegido con contraseña. Guárdelo como "
        "libro de Excel (.xlsx), sin contraseña, y súbalo otra vez."
    ),
    "not_workbook": (
        "El archivo no es un libro de Excel (.xlsx). Suba la hoja que descargó de aquí."
    ),
    "macros": (
        "El libro tiene macros. Guárdelo como «Libro de Excel (.xlsx)», que no las lleva, y "
        "súbalo otra vez."
    ),
    "embedded": "El libro trae objetos o archivos incrustados. Quítelos y súbalo otra vez.",
    "links": (
        "El libro tiene vínculos a otros libros. Pegue los valores en su lugar y súbalo otra vez."
    ),
    "password": "El libro está protegido con contraseña. Suba una copia sin contraseña.",
    "bomb": "El libro se expande mucho más que una hoja de trabajo. Descárguela otra vez de aquí.",
    "damaged": "El archivo está dañado. Descargue la hoja otra vez, copie sus valores y súbala.",
}
MACROS = ("vbaproject", "vbadata", "macrosheets/", "/activex/", "customui/", "xl4macro")
EMBEDDED = ("/embeddings/", "oleobject", ".zip", ".xls", ".exe", ".dll", ".jar")
LINKS = ("externallinks/", "/connections.xml", "querytables/")


def check_container(
    data: bytes, *, largest: int = LARGEST_FILE, inside: int = LARGEST_TOTAL
) -> None:
    """Raises RefusalError with a sentence unless the bytes are a plain .xlsx of modest size:
    `largest` bytes as a file and `inside` bytes expanded.

    Reads the directory of the zip and the first bytes of its XML; expands nothing else.
    """
    if len(data) > largest:
        raise refusal("too_large")
    if data.startswith(OLD_EXCEL):
        raise refusal("old_excel")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            _check_parts(book.infolist(), inside)
            _check_declarations(book)
    except UNREADABLE:
        raise refusal("not_workbook") from None
    except RuntimeError:  # zipfile's own word for a part with a password
        raise refusal("password") from None


def refusal(reason: str) -> RefusalError:
    """The refusal of one of `REASONS`."""
    return RefusalError(error(f"workbook_{reason}", None, REASONS[reason]))


def _check_parts(parts: list[zipfile.ZipInfo], inside: int) -> None:
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise refusal("not_workbook")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > inside:
        raise refusal("bomb")
    if len(set(names)) != len(names):
        raise refusal("damaged")
    for part in parts:
        _check_part(part)


def _check_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & ENCRYPTED_FLAG:
        raise refusal("password")
    is_swollen = part.file_size > SMALL_PART
    if is_swollen and part.file_size > LARGEST_RATIO * max(part.compress_size, 1):
        raise refusal("bomb")
    name = part.filename
    is_link = (part.external_attr >> 16) & 0o170000 == UNIX_LINK
    escapes = name.startswith("/") or ".." in name.split("/")
    is_strange = part.compress_type not in COMPRESSIONS or not PLAIN_NAME.fullmatch(name)
    if is_link or escapes or is_strange:
        raise refusal("damaged")
    _check_content(name.casefold())


def _check_content(name: str) -> None:
    for reason, signs in (("macros", MACROS), ("embedded", EMBEDDED), ("links", LINKS)):
        if any(sign in name for sign in signs):
            raise refusal(reason)


def _check_declarations(book: zipfile.ZipFile) -> None:
    """No part declares entities; the book does not say that it carries macros."""
    for part in book.infolist():
        if part.filename.casefold().endswith((".xml", ".rels")):
            with book.open(part) as stream:
                start = stream.read(DOCTYPE_WITHIN)
            if DECLARATION.search(start) or b"\x00" in start:
                raise refusal("damaged")
    with book.open("[Content_Types].xml") as stream:
        if b"macroEnabled" in stream.read(LARGEST_FILE):
            raise refusal("macros")
