"""What supports a change of a plan: its papers, and its reason while it is being written."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions.keeping import kept_file, read_within_limit
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.evidence.names import clean_name
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.change_telling import record_change
from sigpret.apps.planning.actions.reprogramming import (
    LONGEST,
    ChangeError,
    change_to_write,
    count,
)
from sigpret.apps.planning.models import PlanChangeFile
from sigpret.intake.files.kinds import KINDS

MOST_FILES = 10


def attach_change_file(
    *,
    actor: User,
    access: Access,
    change_id: int,
    name: str,
    file: BinaryIO,
    is_public: bool,
    at: datetime,
) -> bool:
    """Add a paper to a change being prepared; whether it is new.

    `is_public`: citizens may open it once the change is accepted. The same bytes again are the
    same paper, published as said last. It is examined and kept as any evidence before the plan
    is held, so that nobody waits for it. Raises PermissionDenied, RefusedEvidenceError,
    ChangeError and PlanChange.DoesNotExist.
    """
    with transaction.atomic():
        change_to_write(access, change_id)
    data = read_within_limit(file)
    kept = kept_file(data, storage.digest_of(data), name=name, at=at)
    return write_down(
        actor=actor,
        access=access,
        change_id=change_id,
        kept=kept,
        name=clean_name(name, KINDS[kept.media_type]),
        is_public=is_public,
        at=at,
    )


@transaction.atomic
def write_down(
    *,
    actor: User,
    access: Access,
    change_id: int,
    kept: StoredFile,
    name: str,
    is_public: bool,
    at: datetime,
) -> bool:
    change = change_to_write(access, change_id)
    known = change.files.filter(file=kept).first()
    if known is not None and known.is_public == is_public:
        return False
    if known is None and change.files.count() >= MOST_FILES:
        raise ChangeError(_("Una solicitud lleva a lo sumo %(n)d documentos.") % {"n": MOST_FILES})
    facts = {"name": name, "sha256": kept.sha256, "is_public": is_public}
    change.files.update_or_create(
        file=kept,
        defaults={"is_public": is_public},
        create_defaults={
            "is_public": is_public,
            "name": name,
            "added_by": actor,
            "added_at": at,
        },
    )
    count(change)
    record_change(actor, change, "file_attached", at, facts)
    return known is None


@transaction.atomic
def remove_change_file(
    *, actor: User, access: Access, change_id: int, file_id: int, at: datetime
) -> None:
    """Take a paper out of a change being prepared; twice has one effect.

    Raises PermissionDenied and ChangeError.
    """
    change = change_to_write(access, change_id)
    found = PlanChangeFile.objects.select_related("file").filter(change=change, pk=file_id).first()
    if found is None:
        return
    facts = {"name": found.name, "sha256": found.file.sha256}
    found.delete()
    count(change)
    record_change(actor, change, "file_removed", at, facts)


@transaction.atomic
def keep_reason(*, actor: User, access: Access, change_id: int, reason: str, at: datetime) -> None:
    """Keep what was written of the reason so far, until it is sent; nothing typed erases nothing.

    The same again writes nothing. Raises PermissionDenied and ChangeError.
    """
    change = change_to_write(access, change_id)
    said = reason.strip()[:LONGEST]
    if not said or said == change.reason:
        return
    change.reason = said
    change.version += 1
    change.save(update_fields=["reason", "version"])
    record_change(actor, change, "reason_written", at, {"reason": said})
