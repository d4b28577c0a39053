"""Where the bytes are: under their own fingerprint, whole or not at all, never beside the code.

The place is the setting `STORAGES["evidence"]`: a folder of this machine or an S3-compatible store.
"""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

CHUNK = 1024 * 1024


class DurableStorage(FileSystemStorage):
    """A folder where a name never holds half a file, not even after the power fails."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
        return name


def sync_folder(folder: Path) -> None:
    """Make the name itself durable: the file's own sync does not cover it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store the bytes once; their SHA-256. What was altered there becomes the original again."""
    digest = digest_of(data)
    if not is_intact(digest):
        held().save(place_of(digest), ContentFile(data))
    return digest


def keep_file(file: BinaryIO) -> tuple[str, int]:
    """Store a file however large, in constant memory; its SHA-256 and its size in bytes."""
    found, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        found.update(chunk)
        size += len(chunk)
    digest = found.hexdigest()
    if not is_intact(digest):
        file.seek(0)
        held().save(place_of(digest), File(file))
    return digest, size


def is_intact(digest: str) -> bool:
    """Are the bytes there, and still those of the fingerprint?"""
    try:
        with opened(digest) as file:
            found = hashlib.sha256()
            while chunk := file.read(CHUNK):
                found.update(chunk)
            return found.hexdigest() == digest
    except OSError:
        return False


def opened(digest: str) -> BinaryIO:
    """The stored bytes, to read. Raises OSError when they are not there."""
    return cast(BinaryIO, held().open(place_of(digest), "rb"))


def read(digest: str) -> bytes:
    """All the bytes. Raises OSError when they are not there."""
    with opened(digest) as file:
        return file.read()


def place_of(digest: str) -> str:
    """Fanned out by the first characters, so that no folder grows without end."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def held() -> Storage:
    return storages["evidence"]


def cached_preview(digest: str, page: int) -> BinaryIO | None:
    """The drawing of a page made earlier, or None."""
    try:
        return cast(BinaryIO, storages["previews"].open(preview_place(digest, page), "rb"))
    except OSError:
        return None


def cache_preview(digest: str, page: int, drawing: bytes) -> BinaryIO:
    """Keep a drawing; losing it loses nothing, it is drawn again."""
    storages["previews"].save(preview_place(digest, page), ContentFile(drawing))
    return io.BytesIO(drawing)


def preview_place(digest: str, page: int) -> str:
    return f"{digest[:2]}/{digest}-{page}.png"
