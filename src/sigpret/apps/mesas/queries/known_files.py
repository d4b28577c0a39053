"""The evidence an institution already has, to be shown again by a step of an agreement."""

from sigpret.apps.evidence.permissions import can_list_evidence
from sigpret.apps.evidence.queries import evidence_of
from sigpret.apps.institutions.queries import Access
from sigpret.web.dates import short_date

#: The newest; older ones are reached by uploading the file again, which is kept once.
MOST = 40


def known_files(institution_id: int | None, access: Access) -> list[tuple[int, str]]:
    """The usable evidence of an institution that this person may know of, newest first, to be
    chosen from; one statement, none for who may not list it."""
    if institution_id is None or not can_list_evidence(access, institution_id):
        return []
    usable = [one for one in evidence_of(institution_id, access) if one.is_usable]
    return [(one.id, f"{one.name} · {short_date(one.uploaded_at)}") for one in usable[:MOST]]
