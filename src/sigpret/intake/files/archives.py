"""Office documents: archives whose members must be only what such a document needs."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Sequence

from sigpret.intake.files.kinds import DOCX, ODS, ODT, XLSX, FileRefusedError, Kind, Reason
from sigpret.intake.files.signatures import OLE, ZIP, ZIP_END, is_executable

MOST_MEMBERS = 4_000
MOST_EXPANDED = 200 * 1024 * 1024
MOST_RATIO = 200
#: Expansion below this is never a bomb, whatever its ratio.
SMALL = 4 * 1024 * 1024
LARGEST_MANIFEST = 4 * 1024 * 1024

MAIN_PARTS = {
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"wordprocessingml.document.main+xml": DOCX,
}
OPEN_DOCUMENTS = {kind.media_type.encode(): kind for kind in (ODS, ODT)}
MACRO_NAMES = re.compile(r"vba|(^|/)(basic|scripts)/|macrosheets/|\.(bas|vbs|js|ps1)$", re.I)
PROGRAM_NAMES = re.compile(r"\.(exe|dll|com|scr|bat|cmd|msi|jar|hta|lnk|sh|py|html?|svg)$", re.I)
ARCHIVE_NAMES = re.compile(r"\.(zip|rar|7z|gz|xlsx|docx|pptx|xlsm|docm|ods|odt|jar)$", re.I)
#: Relations that make the document fetch something when it is opened; plain links are fine.
REMOTE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
FETCHED = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)\"", re.I)


def office_kind(data: bytes) -> Kind:
    """Which office document an archive is. Raises FileRefusedError."""
    members = members_of(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in members:
            check_member(archive, member)
        kind = declared_kind(archive, members)
        check_relations(archive, members)
    return kind


def members_of(data: bytes) -> list[zipfile.ZipInfo]:
    """The members, once their number, size and places are credible."""
    end = data.rfind(ZIP_END)
    comment = int.from_bytes(data[end + 20 : end + 22], "little")
    if end < 0 or end + 22 + comment != len(data) or comment:
        raise FileRefusedError(Reason.TWO_KINDS if end >= 0 else Reason.DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise FileRefusedError(Reason.DAMAGED) from problem
    check_sizes(members, len(data))
    return members


def check_sizes(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    expanded = sum(member.file_size for member in members)
    compressed = sum(member.compress_size for member in members)
    is_too_much = expanded > SMALL and expanded > MOST_RATIO * max(size, 1)
    if len(members) > MOST_MEMBERS or expanded > MOST_EXPANDED or is_too_much:
        raise FileRefusedError(Reason.BOMB)
    names = {member.filename.casefold() for member in members}
    places = {member.header_offset for member in members}
    if compressed > size or len(names) < len(members) or len(places) < len(members):
        raise FileRefusedError(Reason.DAMAGED)


def check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A member by its name and by its first bytes."""
    name = member.filename
    if name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or ":" in name:
        raise FileRefusedError(Reason.DAMAGED)
    if stat.S_ISLNK(member.external_attr >> 16) or member.flag_bits & 0x1:
        raise FileRefusedError(Reason.DAMAGED)
    if MACRO_NAMES.search(name):
        raise FileRefusedError(Reason.MACROS)
    if PROGRAM_NAMES.search(name) or ARCHIVE_NAMES.search(name):
        raise FileRefusedError(Reason.EMBEDDED)
    start = first_bytes(archive, member)
    if start.startswith((OLE, ZIP)) or is_executable(start):
        raise FileRefusedError(Reason.EMBEDDED)


def first_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, count: int = 16) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(count)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as problem:
        raise FileRefusedError(Reason.DAMAGED) from problem


def declared_kind(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> Kind:
    """What the document's own manifest says it is."""
    by_name = {member.filename: member for member in members}
    if manifest := by_name.get("mimetype"):
        return open_document(first_bytes(archive, manifest, 100).strip())
    if "[Content_Types].xml" not in by_name:
        raise FileRefusedError(Reason.ARCHIVE)
    types = first_bytes(archive, by_name["[Content_Types].xml"], LARGEST_MANIFEST)
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise FileRefusedError(Reason.MACROS)
    for part, kind in MAIN_PARTS.items():
        if part in types:
            return kind
    raise FileRefusedError(Reason.UNKNOWN)


def open_document(media_type: bytes) -> Kind:
    kind = OPEN_DOCUMENTS.get(media_type)
    if kind is None:
        raise FileRefusedError(Reason.UNKNOWN)
    return kind


def check_relations(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
    """Nothing is fetched from elsewhere when the document is opened."""
    for member in members:
        if member.filename.endswith(".rels"):
            text = first_bytes(archive, member, LARGEST_MANIFEST)
            if any(FETCHED.search(tag) for tag in REMOTE.findall(text)):
                raise FileRefusedError(Reason.REMOTE)
