"""Evidence for tests: files that are stored, and rows that name them."""

import io
from datetime import UTC, datetime
from itertools import count

from PIL import Image

from sigpret.apps.accounts.roles import Role
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import Evidence, StoredFile
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import EvidenceUse, ReportedValue
from tests.factories.institutions import make_user

serial = count(1)
AT = datetime(2026, 10, 10, 15, 0, tzinfo=UTC)


def picture(width: int = 40, height: int = 30, format_: str = "PNG", **options) -> bytes:
    """A small picture, different every time."""
    number = next(serial)
    memory = io.BytesIO()
    colour = (number % 256, number // 256 % 256, 90)
    Image.new("RGB", (width, height), colour).save(memory, format_, **options)
    return memory.getvalue()


def make_evidence(
    institution: Institution, name: str = "foto.png", data: bytes | None = None, **fields
) -> Evidence:
    """A stored picture shown by an institution."""
    data = data or picture()
    digest = storage.keep(data)
    media_type = fields.pop("media_type", "image/png")
    file, _ = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "received_sha256": digest,
            "size": len(data),
            "media_type": media_type,
            "pages": fields.pop("pages", 1),
            "stored_at": AT,
        },
    )
    fields.setdefault("uploaded_by", None)
    author = fields.pop("uploaded_by") or make_user(Role.REGISTRAR, institution=institution)
    fields.setdefault("period", "2026-Q3")
    return Evidence.objects.create(
        institution=institution, file=file, name=name, uploaded_by=author, uploaded_at=AT, **fields
    )


def use_evidence(evidence: Evidence, value: ReportedValue | int) -> EvidenceUse:
    """Show it for a value."""
    value_id = value if isinstance(value, int) else value.pk
    return EvidenceUse.objects.create(
        value_id=value_id, evidence=evidence, attached_by=evidence.uploaded_by, attached_at=AT
    )
