"""The one write of the chain."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from sigpret.apps.accounts.models import User
from sigpret.web.statements import Repeated, Statement, send

APPEND = """
INSERT INTO audit_auditevent (actor_id, actor_name, action, subject_type, subject_id, payload)
VALUES (%s, %s, %s, %s, %s, %s)
"""

CANONICAL = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    send(
        event(
            actor=actor,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            payload=payload,
        )
    )


def event(
    *,
    actor: User | None,
    action: str,
    subject_type: str,
    subject_id: object,
    payload: dict[str, Any] | None = None,
) -> Statement:
    """What `record` sends, for whoever sends it as the last of several statements."""
    return Repeated(
        APPEND,
        (
            actor.pk if actor else None,
            str(actor) if actor else "SIGPRET",
            action,
            subject_type,
            str(subject_id),
            canonical(payload or {}),
        ),
    )


def canonical(payload: dict[str, Any]) -> str:
    """The JSON text that is hashed: sorted keys, no spaces, as written for ever."""
    return CANONICAL.encode(payload)
