"""A document the product itself makes is kept like any other file: under its fingerprint."""

from datetime import datetime
from typing import BinaryIO

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import StoredFile


def keep_document(
    data: bytes, media_type: str, *, at: datetime, pages: int | None = None
) -> StoredFile:
    """Keep the bytes durably and say so; the same bytes again are the same row. `pages` of a PDF.

    It is not examined: nobody brought it. If the caller's transaction is undone, bytes nobody
    names remain.
    """
    digest = storage.keep(data)
    row = StoredFile(
        sha256=digest,
        received_sha256=digest,
        size=len(data),
        media_type=media_type,
        pages=pages,
        stored_at=at,
    )
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=digest)


def keep_large_file(file: BinaryIO, media_type: str, *, at: datetime) -> StoredFile:
    """Keep a file however large, in constant memory; the same bytes again are the same row.

    It is not examined here: whoever keeps it reads it in a process of its own. If the caller's
    transaction is undone, bytes nobody names remain.
    """
    digest, size = storage.keep_file(file)
    row = StoredFile(
        sha256=digest, received_sha256=digest, size=size, media_type=media_type, stored_at=at
    )
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=digest)
