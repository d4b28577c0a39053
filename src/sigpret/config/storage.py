"""Where evidence is kept: a folder of this machine, or an S3-compatible store when one is named.

The library for S3 is installed with the extra `s3` and only looked for when it is asked for.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

PREFIX = "SIGPRET_EVIDENCE_S3_"
#: What the environment says, and how the library calls it.
OPTIONS = {
    "BUCKET": "bucket_name",
    "ENDPOINT": "endpoint_url",
    "REGION": "region_name",
    "ACCESS_KEY": "access_key",
    "SECRET_KEY": "secret_key",
}
REQUIRED = ("BUCKET", "ACCESS_KEY", "SECRET_KEY")


def folder_storage(folder: Path) -> dict[str, Any]:
    """Files only this product's user can read, written whole or not at all."""
    return {
        "BACKEND": "sigpret.apps.evidence.storage.DurableStorage",
        "OPTIONS": {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def evidence_storage(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """The storage of evidence for Django's STORAGES. Raises ImproperlyConfigured."""
    if f"{PREFIX}BUCKET" not in environment:
        return folder_storage(folder)
    given = {name: value_of(environment, name) for name in OPTIONS}
    missing = [f"{PREFIX}{name}" for name in REQUIRED if not given[name]]
    if missing:
        raise ImproperlyConfigured(f"Defina {', '.join(missing)}.")
    options = {OPTIONS[name]: value for name, value in given.items() if value}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        # The same name is always the same bytes, so writing again is not another file.
        "OPTIONS": options | {"default_acl": "private", "file_overwrite": True},
    }


def value_of(environment: Mapping[str, str], name: str) -> str:
    """A setting from the environment, or from the file the environment names."""
    if path := environment.get(f"{PREFIX}{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return environment.get(f"{PREFIX}{name}", "")
