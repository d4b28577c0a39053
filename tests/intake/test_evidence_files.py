"""What a file really is: the accepted ones, and one reason for each of the others."""

import io
import os
import signal
import subprocess

import pytest
from PIL import Image

from sigpret.intake.files import examine as parent
from sigpret.intake.files.child import answer
from sigpret.intake.files.examine import draw, examine
from sigpret.intake.files.kinds import MOST_BYTES, FileRefusedError, Reason
from sigpret.intake.files.pages import MOST_PAGES
from tests.intake.evidence_files import (
    WORDS,
    archive,
    flood,
    located_photo,
    office,
    open_document,
    pdf,
    photo,
    workbook,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SCRIPT = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
NAMES = "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
FILES = "/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) >>] >> >>"
REMOTE_TEMPLATE = (
    b'<Relationship Type="http://x/attachedTemplate" Target="//x/a" TargetMode="External"/>'
)
LINK = b'<Relationship Type="http://x/hyperlink" Target="https://hn" TargetMode="External"/>'

ACCEPTED = {
    "a PDF": ("a.pdf", pdf(pages=3), "PDF"),
    "a PDF with blanks behind": ("a.pdf", pdf(tail=b"\r\n\n"), "PDF"),
    "a workbook": ("a.xlsx", workbook(), "Excel"),
    "a document": ("a.docx", office(WORDS), "Word"),
    "a document with links": ("a.docx", office(WORDS, word___rels__d_dot_rels=LINK), "Word"),
    "an open spreadsheet": ("a.ods", open_document(ODS), "Hoja de cálculo ODS"),
    "an open text": ("a.odt", open_document(ODS[:-11] + "text"), "Documento ODT"),
    "a CSV with accents": ("a.csv", "código,año\n2.9,−5\n".encode(), "CSV"),
    "a CSV of an old Windows": ("a.csv", "código;año\n".encode("cp1252"), "CSV"),
    "a text of a spreadsheet": ("a.txt", "código\taño\n".encode("utf-16"), "Texto"),
    "a text that begins like a program": ("a.txt", b"MZ-01 Lista\n", "Texto"),
    "a negative number first": ("a.csv", b"-5,+3\n=1\n", "CSV"),
    "a photograph": ("a.jpg", photo(), "Foto JPG"),
    "a picture": ("a.png", photo("PNG"), "Imagen PNG"),
    "a PDF called photograph": ("a.jpg", pdf(), "PDF"),
}
REFUSED = {
    "nothing": ("a.pdf", b"", Reason.EMPTY),
    "a program of Windows": ("a.pdf", b"MZ\x90\x00\x03" + b"\x00" * 80, Reason.EXECUTABLE),
    "a program of Linux": ("a.pdf", b"\x7fELF\x02\x01", Reason.EXECUTABLE),
    "a script": ("a.txt", b"#!/bin/sh\nrm -rf /\n", Reason.EXECUTABLE),
    "a page": ("a.txt", b"<!DOCTYPE html><title>x</title>", Reason.WEB_PAGE),
    "a page further down": ("a.csv", b"a,b\n" * 400 + b"<script>x</script>", Reason.WEB_PAGE),
    "a drawing": ("a.png", b'<svg xmlns="x"><script/></svg>', Reason.WEB_PAGE),
    "a drawing in wide letters": ("a.txt", "<svg onload=x>".encode("utf-16"), Reason.WEB_PAGE),
    "a zip": ("a.zip", archive({"a.pdf": pdf()}), Reason.ARCHIVE),
    "a zip of a text": ("a.zip", archive({"a.txt": b"hola"}), Reason.ARCHIVE),
    "a rar": ("a.rar", b"Rar!\x1a\x07\x00", Reason.ARCHIVE),
    "a gzip": ("a.csv", b"\x1f\x8b\x08\x00", Reason.ARCHIVE),
    "an old document": ("a.xls", OLE + b"\x00" * 600, Reason.OLD_OFFICE),
    "a document with a password": (
        "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), Reason.OFFICE_PASSWORD,
    ),
    "a rich text": ("a.rtf", b"{\\rtf1 {\\object}}", Reason.OLD_OFFICE),
    "macros by their part": ("a.xlsx", office(xl__vbaProject_dot_bin=OLE), Reason.MACROS),
    "macros by their type": (
        "a.xlsx", office(extra='<D ContentType="x.macroEnabled.main+xml"/>'), Reason.MACROS,
    ),
    "macros of an open document": (
        "a.ods", open_document(ODS, Basic__Standard__m_dot_xml=b"Sub x"), Reason.MACROS,
    ),
    "an object inside": ("a.docx", office(WORDS, word__embeddings__o_dot_bin=OLE), Reason.EMBEDDED),
    "a program inside": ("a.docx", office(word__i_dot_png=b"\x7fELF"), Reason.EMBEDDED),
    "a zip in the zip": ("a.xlsx", office(xl__x_dot_bin=archive({"a": b"b"})), Reason.EMBEDDED),
    "a remote template": (
        "a.docx", office(WORDS, word___rels__s_dot_rels=REMOTE_TEMPLATE), Reason.REMOTE,
    ),
    "a name that climbs": ("a.xlsx", archive({"../../etc/cron": b"x"}), Reason.DAMAGED),
    "a bomb": ("a.xlsx", office(xl__s_dot_xml=b"\x00" * 30_000_000), Reason.BOMB),
    "too many members": ("a.xlsx", archive({f"{n}": b"" for n in range(4_001)}), Reason.BOMB),
    "a workbook with more behind": ("a.xlsx", workbook() + b"<script>", Reason.TWO_KINDS),
    "half a workbook": ("a.xlsx", workbook()[:400], Reason.DAMAGED),
    "a PDF with a zip behind": ("a.pdf", pdf(tail=archive({"a": b"b"})), Reason.TWO_KINDS),
    "a photograph with a zip behind": ("a.jpg", photo() + archive({"a": b"b"}), Reason.TWO_KINDS),
    "a PDF that does not begin as one": ("a.pdf", b"GIF89a " + pdf(), Reason.OTHER_PHOTO),
    "a text before a PDF": ("a.pdf", b"hola\n" + pdf(), Reason.TWO_KINDS),
    "half a PDF": ("a.pdf", pdf()[:120], Reason.DAMAGED),
    "a PDF with something behind": ("a.pdf", pdf(tail=b"\x90\x90 secreto"), Reason.DAMAGED),
    "a PDF that runs": ("a.pdf", pdf(catalogue=NAMES), Reason.PDF_SCRIPT),
    "a PDF that starts a program": ("a.pdf", pdf(catalogue="/OpenAction << /S /Launch >>"),
                                    Reason.PDF_SCRIPT),
    "a PDF that runs when opened": ("a.pdf", pdf(catalogue=SCRIPT), Reason.PDF_SCRIPT),
    "a PDF with files": ("a.pdf", pdf(catalogue=FILES), Reason.PDF_ATTACHMENT),
    "a PDF without end": ("a.pdf", pdf(pages=MOST_PAGES + 1), Reason.PDF_PAGES),
    "a photograph of a telephone": (
        "a.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, Reason.OTHER_PHOTO,
    ),
    "a moving picture": ("a.gif", photo("GIF"), Reason.OTHER_PHOTO),
    "a flood of pixels": ("a.png", flood(), Reason.PIXELS),
    "half a photograph": ("a.jpg", photo(size=(900, 900))[:500], Reason.DAMAGED),
    "a sound": ("a.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 300, Reason.MEDIA),
    "a cell that runs": ("a.csv", b"a,=cmd|'/C calc'!A0\n", Reason.COMMANDS),
    "a cell that calls": ("a.csv", b'a,"=HYPERLINK(""http://x"",""y"")"\n', Reason.COMMANDS),
    "random bytes": ("a.pdf", bytes(range(256)) * 9, Reason.UNKNOWN),
    "a text sown with NUL": ("a.txt", b"hola\x00mundo", Reason.UNKNOWN),
}  # fmt: skip


def reason_of(data: bytes, name: str) -> str:
    told, _body = answer({"name": name}, data)
    return told.get("refused", "accepted")


@pytest.mark.parametrize(("name", "data", "label"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_proves_something_is_accepted(name, data, label):
    assert examine(data, name).kind.label == label


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_for_its_reason(name, data, reason):
    assert reason_of(data, name) == reason


def test_a_file_larger_than_the_limit_is_not_even_read():
    with pytest.raises(FileRefusedError) as refusal:
        examine(b"a" * (MOST_BYTES + 1), "a.txt")
    assert refusal.value.reason == Reason.TOO_LARGE


def test_the_pages_of_a_document_are_counted():
    assert examine(pdf(pages=3), "a.pdf").pages == 3


def test_a_photograph_loses_its_place_and_its_camera():
    kept = examine(located_photo(), "a.jpg").data
    image = Image.open(io.BytesIO(kept))
    assert not dict(image.getexif())
    assert "comment" not in image.info
    assert b"Indiscreta" not in kept
    assert b"privada" not in kept


def test_a_photograph_stands_upright_without_its_camera_saying_so():
    kept = examine(located_photo(size=(60, 40)), "a.jpg").data
    assert Image.open(io.BytesIO(kept)).size == (40, 60)


def test_a_huge_photograph_is_made_smaller():
    kept = examine(photo(size=(4000, 3000)), "a.jpg").data
    assert Image.open(io.BytesIO(kept)).size == (2560, 1920)


@pytest.mark.parametrize(("data", "page"), [(pdf(pages=2), 2), (photo(), 1)])
def test_a_page_is_drawn_as_a_picture(data, page):
    assert Image.open(io.BytesIO(draw(data, page))).format == "PNG"


def test_a_page_that_is_not_there_is_not_drawn():
    with pytest.raises(FileRefusedError):
        draw(pdf(), 2)


class Dying:
    """A child that ends as a hostile file would end it."""

    pid, returncode = 0, -signal.SIGABRT

    def communicate(self, *_arguments, **_options):
        return b"", b""


def test_a_child_that_dies_takes_only_the_file_with_it(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_a, **_k: Dying())
    with pytest.raises(FileRefusedError) as refusal:
        examine(b"a", "a.txt")
    assert refusal.value.reason == Reason.LIMITS


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(parent, "SECONDS", 0)
    ended = []
    real = os.killpg
    monkeypatch.setattr(os, "killpg", lambda pid, how: (ended.append(how), real(pid, how)))
    with pytest.raises(FileRefusedError) as refusal:
        examine(pdf(), "a.pdf")
    assert refusal.value.reason == Reason.LIMITS
    assert ended == [signal.SIGKILL]


@pytest.mark.parametrize("said", [b"", b"[]\n", b"{\n", b'{"refused": "other"}\n', b"null\n"])
def test_what_a_child_says_is_not_believed_without_its_form(said):
    with pytest.raises(FileRefusedError) as refusal:
        parent.understood(said)
    assert refusal.value.reason == Reason.LIMITS
