"""The uploaded files as they came, kept under their SHA-256. They are never opened here."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

from django.conf import settings

FOLDER = "imports"
LONGEST_NAME = 120
#: Seconds between keeping the bytes of an upload and storing its row, at the very most.
JUST_BROUGHT = 3600
SAFE_SUFFIXES = frozenset({".txt", ".pdf", ".xlsx"})


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store the bytes once and durably; the path under MEDIA_ROOT, the same for the same bytes."""
    digest = sha256_of(data)
    relative = f"{FOLDER}/{digest[:2]}/{digest}"
    target = path_of(relative)
    try:
        os.utime(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(target, data)
    return relative


def path_of(relative: str) -> Path:
    """Where a kept file stands on disk."""
    return Path(settings.MEDIA_ROOT) / relative


def remove(relative: str) -> None:
    """Remove a kept file; nothing when it is gone, or was brought again a moment ago."""
    target = path_of(relative)
    with suppress(FileNotFoundError):
        if time.time() - target.stat().st_mtime > JUST_BROUGHT:
            target.unlink()


def _write(target: Path, data: bytes) -> None:
    """Whole or not at all: a name that is a digest must never hold half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(target)


def safe_name(name: str) -> str:
    """A name to show and to download under: no folders, no control characters, a known suffix."""
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = re.sub(r"[^\w.()\- ]", "_", "".join(c for c in bare if c.isprintable()))
    stem, dot, suffix = clean.strip(" .").rpartition(".")
    ending = f".{suffix.lower()}" if dot else ""
    if ending not in SAFE_SUFFIXES:
        stem, ending = clean.strip(" ."), ".txt"
    return f"{stem[: LONGEST_NAME - len(ending)] or 'reporte'}{ending}"
