"""The file that proves an agreement or a decision: kept as any evidence, of whoever answers."""

from datetime import datetime
from typing import BinaryIO

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions.keeping import (
    kept_file,
    known_file,
    read_within_limit,
    write_down,
)
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.evidence.names import clean_name
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.agreement_permissions import (
    Owner,
    check_can_follow,
    check_can_fulfil_decision,
)
from sigpret.apps.mesas.models import Agreement, Escalation
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.intake.files.kinds import KINDS


def store_agreement_evidence(
    *,
    actor: User,
    standing: Standing,
    agreement_id: int,
    name: str,
    file: BinaryIO,
    at: datetime,
) -> int:
    """Keep a file as evidence of the institution that answers for an agreement; its id.

    Whoever may follow the agreement up may bring it, also when they do not report for that
    institution. As `evidence.store_evidence`, outside the transaction of the step that names it.
    Raises PermissionDenied, RefusedEvidenceError and Agreement.DoesNotExist.
    """
    agreement = Agreement.objects.select_related("institution").get(
        pk=agreement_id, mesa=standing.mesa_id
    )
    owner = Owner(agreement.institution_id, agreement.responsible_person_id)
    check_can_follow(standing, owner)
    return stored(agreement.institution, actor, name, file, at)


def store_decision_evidence(
    *, actor: User, standing: Standing, matter_id: int, name: str, file: BinaryIO, at: datetime
) -> int:
    """Keep a file as evidence of the institution a decision was entrusted to; its id.

    Raises PermissionDenied, RefusedEvidenceError and Escalation.DoesNotExist, also when nobody
    was entrusted with it yet.
    """
    matter = Escalation.objects.get(pk=matter_id, mesa=standing.mesa_id, owner__isnull=False)
    check_can_fulfil_decision(standing, matter.owner_id)
    owner = Institution.objects.get(pk=matter.owner_id or 0)
    return stored(owner, actor, name, file, at)


def stored(institution: Institution, actor: User, name: str, file: BinaryIO, at: datetime) -> int:
    data = read_within_limit(file)
    received = storage.digest_of(data)
    if (known := known_file(institution, received)) is not None:
        return known.id
    kept = kept_file(data, received, name=name, at=at)
    row = Evidence(
        institution=institution,
        file=kept,
        name=clean_name(name, KINDS[kept.media_type]),
        uploaded_by=actor,
        uploaded_at=at,
    )
    return write_down(row, actor=actor, action="evidence.stored").evidence.id
