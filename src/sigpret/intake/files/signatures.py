"""What the first and the last bytes of a file say it is. Names are never believed."""

from __future__ import annotations

import filetype

from sigpret.intake.files.kinds import FileRefusedError, Reason

ZIP = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
PDF = b"%PDF-"
JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
#: The longest comment a zip may end with, and its last record.
ZIP_TAIL = 65_535 + 22
START = 1024

EXECUTABLES = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"dex\n",
    b"\x00asm",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"xar!")
WEB = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<?php", b"<iframe", b"<body")
OTHER_PHOTOS = frozenset(
    {
        "image/heic",
        "image/heif",
        "image/webp",
        "image/gif",
        "image/tiff",
        "image/bmp",
        "image/avif",
        "image/jxr",
        "image/vnd.adobe.photoshop",
    }
)
PHOTO_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})


def refuse_by_signature(data: bytes) -> None:
    """Raise FileRefusedError for what is recognised and never accepted."""
    if not data:
        raise FileRefusedError(Reason.EMPTY)
    if is_executable(data):
        raise FileRefusedError(Reason.EXECUTABLE)
    if data.startswith(OLE):
        is_encrypted = ENCRYPTED_PACKAGE in data
        raise FileRefusedError(Reason.OFFICE_PASSWORD if is_encrypted else Reason.OLD_OFFICE)
    if data.startswith(b"{\\rtf"):
        raise FileRefusedError(Reason.OLD_OFFICE)
    if data.startswith(ARCHIVES) or data[257:262] == b"ustar":
        raise FileRefusedError(Reason.ARCHIVE)
    if looks_like_web(data[:START]):
        raise FileRefusedError(Reason.WEB_PAGE)
    refuse_other_media(data)


def is_executable(data: bytes) -> bool:
    """A program; a text may well begin with the letters of one."""
    is_dos = data.startswith(b"MZ") and any(byte < 9 or byte > 126 for byte in data[2:64])
    return is_dos or data.startswith(EXECUTABLES)


def looks_like_web(text: bytes) -> bool:
    """A page, a drawing or a program a browser would run."""
    start = text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    return start.startswith((*WEB, b"<!--")) or b"<script" in start or b"<svg" in start


def refuse_other_media(data: bytes) -> None:
    if data[4:8] == b"ftyp" and data[8:12] in PHOTO_BRANDS:
        raise FileRefusedError(Reason.OTHER_PHOTO)
    guess = filetype.guess_mime(data)
    if guess in OTHER_PHOTOS:
        raise FileRefusedError(Reason.OTHER_PHOTO)
    if guess and guess.startswith(("video/", "audio/")):
        raise FileRefusedError(Reason.MEDIA)


def refuse_two_kinds(data: bytes) -> None:
    """A file that is one thing from its start and an archive from its end."""
    if ZIP_END in data[-ZIP_TAIL:]:
        raise FileRefusedError(Reason.TWO_KINDS)
