"""A request sent twice has one effect: the second time gets the first one's answer."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions.events import canonical
from sigpret.apps.audit.models import HandledRequest

# Whoever inserts first works; those who arrive meanwhile wait here until it commits, and find
# its answer. When it fails the row goes with it, and the next one works.
BEGIN = """
INSERT INTO audit_handledrequest (user_id, key, digest, answer, at)
VALUES (%s, %s, %s, '{}', %s) ON CONFLICT (user_id, key) DO NOTHING
"""


class DifferentRequestError(Exception):
    """The key was used before to ask for something else; nothing was done."""


def answered(
    *, user: User, key: UUID | None, asked: Mapping[str, Any], at: datetime
) -> dict[str, Any] | None:
    """What the person's request got when it was first handled; None when it is new, so do it.

    Call it first inside the action's transaction and `remember` last, in the same one. `asked`
    is everything the request asks for. Without a key nothing is looked up.
    Raises DifferentRequestError.
    """
    if key is None:
        return None
    digest = hashlib.sha256(canonical(dict(asked)).encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [user.pk, key, digest, at])
        if cursor.rowcount:
            return None
    handled = HandledRequest.objects.get(user_id=user.pk, key=key)
    if handled.digest != digest:
        raise DifferentRequestError(
            _(
                "Esta petición ya se usó para guardar otra cosa. No se guardó nada; "
                "vuelva a escribir el dato."
            )
        )
    answer: dict[str, Any] = handled.answer
    return answer


def remember(*, user: User, key: UUID | None, answer: Mapping[str, Any]) -> None:
    """Keep the answer (JSON values only) of a request that `answered` said was new."""
    if key is not None:
        HandledRequest.objects.filter(user_id=user.pk, key=key).update(answer=dict(answer))


def forget_requests(*, before: datetime) -> int:
    """Delete what was answered before a moment, when no device can be trying it again; how many."""
    deleted, _models = HandledRequest.objects.filter(at__lt=before).delete()
    return deleted
