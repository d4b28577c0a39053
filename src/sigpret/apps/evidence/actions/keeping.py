"""A file comes in: examined apart, kept under its fingerprint, and only then written down."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions.reserving import locked
from sigpret.apps.evidence.models import Evidence, StoredFile
from sigpret.apps.evidence.names import clean_name
from sigpret.apps.evidence.permissions import check_can_add_evidence
from sigpret.apps.evidence.queries import EvidenceFacts, all_evidence, facts_of
from sigpret.apps.evidence.sentences import SENTENCES
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.intake.files.examine import examine
from sigpret.intake.files.kinds import KINDS, MOST_BYTES, FileRefusedError, Reason


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """`is_new` False: the institution already had this very file, and that one is to be used."""

    evidence: EvidenceFacts
    is_new: bool


class RefusedEvidenceError(Exception):
    """The file cannot be evidence; its text is the sentence for whoever brought it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(SENTENCES[reason]))
        self.reason = reason


def store_evidence(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    name: str,
    file: BinaryIO,
    period: str,
    at: datetime,
) -> StoredEvidence:
    """Keep a file as evidence of an institution; `period` is a code like `2026-Q3`, or empty.

    The same bytes are stored once; the same file of the same institution is not doubled: what
    it already had comes back. The file is examined and durable before any row says so, and
    outside the transaction: a process killed in between leaves bytes nobody names, never a
    row without them. Raises PermissionDenied and RefusedEvidenceError.
    """
    check_can_add_evidence(access, institution.pk)
    data = read_within_limit(file)
    received = storage.digest_of(data)
    if (known := known_file(institution, received)) is not None:
        return StoredEvidence(known, is_new=False)
    kept = kept_file(data, received, name=name, at=at)
    return write_down(
        Evidence(
            institution=institution,
            file=kept,
            name=clean_name(name, KINDS[kept.media_type]),
            period=period,
            uploaded_by=actor,
            uploaded_at=at,
        ),
        actor=actor,
        action="evidence.stored",
    )


def replace_evidence(
    *, actor: User, access: Access, evidence_id: int, name: str, file: BinaryIO, at: datetime
) -> StoredEvidence:
    """Keep a file in the place of another, which stays for whoever asks what was there before.

    A reservation passes on to the new one. The same file again replaces nothing.
    Raises PermissionDenied, RefusedEvidenceError and Evidence.DoesNotExist.
    """
    old = all_evidence().get(pk=evidence_id)
    check_can_add_evidence(access, old.institution_id)
    data = read_within_limit(file)
    received = storage.digest_of(data)
    if received in (old.file.received_sha256, old.file.sha256):
        return StoredEvidence(facts_of(old), is_new=False)
    if known_file(old.institution, received) or getattr(old, "replaced_by", None):
        raise AlreadyThereError
    kept = kept_file(data, received, name=name, at=at)
    return write_down(
        Evidence(
            institution=old.institution,
            file=kept,
            name=clean_name(name, KINDS[kept.media_type]),
            period=old.period,
            uploaded_by=actor,
            uploaded_at=at,
            replaces=old,
        ),
        actor=actor,
        action="evidence.replaced",
    )


class AlreadyThereError(RefusedEvidenceError):
    """What should replace an evidence is itself one already, or that one was replaced."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            _("Ese archivo ya existe entre sus evidencias, o la que reemplaza ya fue reemplazada."),
        )
        self.reason = Reason.UNKNOWN


def read_within_limit(file: BinaryIO) -> bytes:
    """Everything, reading one byte more than what is allowed at most."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise RefusedEvidenceError(Reason.TOO_LARGE)
    return data


def known_file(institution: Institution, received: str) -> EvidenceFacts | None:
    """The evidence this institution already has of the same bytes; withdrawn ones do not count."""
    rows = all_evidence().filter(institution=institution, withdrawn_at__isnull=True)
    found = rows.filter(file__received_sha256=received).first()
    found = found or rows.filter(file__sha256=received).first()
    return facts_of(found) if found else None


def kept_file(data: bytes, received: str, *, name: str, at: datetime) -> StoredFile:
    """The stored file of these bytes. Raises RefusedEvidenceError."""
    known = StoredFile.objects.filter(received_sha256=received).first()
    if known is not None and storage.is_intact(known.sha256):
        return known
    try:
        examined = examine(data, name)
    except FileRefusedError as refusal:
        raise RefusedEvidenceError(refusal.reason) from refusal
    digest = storage.keep(examined.data)
    row = StoredFile(
        sha256=digest,
        received_sha256=received,
        size=len(examined.data),
        media_type=examined.kind.media_type,
        pages=examined.pages,
        stored_at=at,
    )
    # Whoever loses a race for the same bytes uses the row of whoever won.
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=digest)


def keep_reservation(row: Evidence) -> None:
    """A reservation passes on as it stands now: examining the file took its time."""
    if row.replaces_id is not None:
        old = locked(row.replaces_id)
        row.is_reserved, row.legal_ground = old.is_reserved, old.legal_ground


def write_down(row: Evidence, *, actor: User, action: str) -> StoredEvidence:
    """One row and one event; the loser of a race is given the winner's evidence."""
    try:
        with transaction.atomic():
            keep_reservation(row)
            row.save(force_insert=True)
            record(
                actor=actor,
                action=action,
                subject_type="evidence",
                subject_id=row.pk,
                payload={
                    "name": row.name,
                    "sha256": row.file.sha256,
                    "received_sha256": row.file.received_sha256,
                    "size": row.file.size,
                    "media_type": row.file.media_type,
                    "period": row.period,
                    "replaces": row.replaces_id,
                },
            )
    except IntegrityError:
        same = {"institution": row.institution, "file": row.file}
        winner = all_evidence().filter(**same, withdrawn_at__isnull=True).first()
        if winner is None:
            raise AlreadyThereError from None
        return StoredEvidence(facts_of(winner), is_new=False)
    return StoredEvidence(facts_of(all_evidence().get(pk=row.pk)), is_new=True)
