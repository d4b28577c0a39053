"""Reads of evidence: facts of a file, what an institution may use, and whether bytes changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import Evidence, StoredFile
from sigpret.apps.evidence.permissions import can_see_reserved
from sigpret.apps.institutions.queries import Access
from sigpret.intake.files.kinds import KINDS

RELATED = ("file", "institution", "uploaded_by", "replaced_by")


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """An evidence as it is shown. `size` in bytes; `sha256` of what is stored.

    `replaced_by_id` is of the evidence that took its place; it is kept all the same.
    """

    id: int
    institution_id: int
    institution_code: str
    institution_name: str
    name: str
    media_type: str
    size: int
    pages: int | None
    sha256: str
    received_sha256: str
    period: str
    uploaded_by: str
    uploaded_at: datetime
    is_reserved: bool
    legal_ground: str
    is_withdrawn: bool
    replaces_id: int | None
    replaced_by_id: int | None

    @property
    def kind(self) -> str:
        """`PDF`, `Excel`, `Foto JPG`."""
        kind = KINDS.get(self.media_type)
        return kind.label if kind else self.media_type

    @property
    def short_digest(self) -> str:
        """`a3f1…9c27`."""
        return f"{self.sha256[:4]}…{self.sha256[-4:]}"

    @property
    def is_shown(self) -> bool:
        """Can its pages be drawn without opening the file?"""
        kind = KINDS.get(self.media_type)
        return bool(kind and kind.is_shown)

    @property
    def is_usable(self) -> bool:
        return not self.is_withdrawn and self.replaced_by_id is None


def evidence_of(institution_id: int, access: Access) -> tuple[EvidenceFacts, ...]:
    """What an institution has and this person may know of, newest first; one statement."""
    rows = all_evidence().filter(institution_id=institution_id, withdrawn_at__isnull=True)
    if not can_see_reserved(access, institution_id):
        rows = rows.filter(is_reserved=False)
    return tuple(map(facts_of, rows))


def usable_evidence(institution_id: int) -> tuple[EvidenceFacts, ...]:
    """What the institution may attach to a value: neither withdrawn nor replaced, newest first."""
    rows = all_evidence().filter(
        institution_id=institution_id, withdrawn_at__isnull=True, replaced_by__isnull=True
    )
    return tuple(map(facts_of, rows))


def evidence_facts(evidence_id: int) -> EvidenceFacts | None:
    """One evidence; who may see it is for the permissions to say."""
    found = all_evidence().filter(pk=evidence_id).first()
    return facts_of(found) if found else None


def reserved_today(digests: Collection[str]) -> dict[str, str]:
    """Of these fingerprints (of what is stored), the reserved ones with their legal ground.

    A file that any institution reserves is reserved. One statement, none without fingerprints.
    """
    if not digests:
        return {}
    rows = Evidence.objects.filter(file__sha256__in=list(digests), is_reserved=True)
    return dict(rows.order_by("uploaded_at").values_list("file__sha256", "legal_ground"))


def facts_by_id(evidence_ids: Collection[int]) -> dict[int, EvidenceFacts]:
    """Several evidences by their id; one statement."""
    return {row.pk: facts_of(row) for row in all_evidence().filter(pk__in=evidence_ids)}


def all_evidence() -> QuerySet[Evidence]:
    return Evidence.objects.select_related(*RELATED)


def facts_of(row: Evidence) -> EvidenceFacts:
    """The facts of a row that was read with its relations."""
    successor: Evidence | None = getattr(row, "replaced_by", None)
    return EvidenceFacts(
        id=row.pk,
        institution_id=row.institution_id,
        institution_code=row.institution.code,
        institution_name=row.institution.name,
        name=row.name,
        media_type=row.file.media_type,
        size=row.file.size,
        pages=row.file.pages,
        sha256=row.file.sha256,
        received_sha256=row.file.received_sha256,
        period=row.period,
        uploaded_by=str(row.uploaded_by),
        uploaded_at=row.uploaded_at,
        is_reserved=row.is_reserved,
        legal_ground=row.legal_ground,
        is_withdrawn=row.withdrawn_at is not None,
        replaces_id=row.replaces_id,
        replaced_by_id=successor.pk if successor else None,
    )


@dataclass(frozen=True, slots=True)
class TamperedFile:
    """A stored file whose bytes are gone or are not those of its fingerprint."""

    sha256: str
    names: tuple[str, ...]


def tampered(*, newest: int | None = None) -> tuple[TamperedFile, ...]:
    """The stored files that changed, reading every byte; only the `newest` ones when asked."""
    return tuple(altered_in(StoredFile.objects.order_by("-pk")[:newest]))


def altered_in(files: QuerySet[StoredFile]) -> Iterator[TamperedFile]:
    for file in files:
        if not storage.is_intact(file.sha256):
            names = file.evidence.order_by("pk").values_list("name", flat=True)
            yield TamperedFile(file.sha256, tuple(names.distinct()))


def stored_count() -> int:
    """How many files are stored."""
    return StoredFile.objects.count()
