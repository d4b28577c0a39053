"""The one write of the chain."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.models import AuditEvent


def record(
    *,
    actor: User | None,
    action: str,
    subject_type: str,
    subject_id: object,
    payload: dict[str, Any] | None = None,
) -> None:
    """Append an event to the chain, inside the caller's transaction.

    One statement: the database fills in the moment, the previous digest and the digest.
    `actor` None is the system itself. The writers queue up until the caller commits,
    so record last and commit at once.
    """
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                actor_id=actor.pk if actor else None,
                actor_name=str(actor) if actor else "SIGPRET",
                action=action,
                subject_type=subject_type,
                subject_id=str(subject_id),
                payload=canonical(payload or {}),
            )
        ]
    )


def canonical(payload: dict[str, Any]) -> str:
    """The JSON text that is hashed: sorted keys, no spaces, as written for ever."""
    return json.dumps(
        payload, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
