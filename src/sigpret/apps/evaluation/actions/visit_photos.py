"""Photographs of a visit: examined and kept as any evidence, shown only as pictures."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evaluation.actions.visits import VisitError, held_visit, note
from sigpret.apps.evaluation.models import FieldVisitPhoto
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions.keeping import kept_file, read_within_limit
from sigpret.apps.evidence.names import clean_name
from sigpret.apps.institutions.queries import Access
from sigpret.intake.files.kinds import KINDS

MOST_PHOTOS = 20


@transaction.atomic
def add_photo(
    *, actor: User, access: Access, visit_id: int, name: str, file: BinaryIO, at: datetime
) -> bool:
    """Add a photograph to a visit that is not signed; whether it is new.

    The place and the camera are taken out of it. Raises PermissionDenied, RefusedEvidenceError,
    SignedVisitError, VisitError and FieldVisit.DoesNotExist.
    """
    visit = held_visit(visit_id, actor, access)
    if visit.photos.count() >= MOST_PHOTOS:
        raise VisitError(_("Una visita lleva a lo sumo 20 fotografías."))
    data = read_within_limit(file)
    kept = kept_file(data, storage.digest_of(data), name=name, at=at)
    if not kept.media_type.startswith("image/"):
        raise VisitError(_("Suba fotografías: archivos JPG o PNG."))
    photo, is_new = FieldVisitPhoto.objects.get_or_create(
        visit=visit,
        file=kept,
        defaults={
            "name": clean_name(name, KINDS[kept.media_type]),
            "added_by": actor,
            "added_at": at,
        },
    )
    if is_new:
        visit.version += 1
        visit.save(update_fields=["version"])
        note(visit, actor, "photo_added", {"photo": photo.pk, "sha256": kept.sha256})
    return is_new
