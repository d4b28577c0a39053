"""A request sent twice has one effect: the second time gets the first one's answer.

Most actions take the key first and leave the answer last (`answered`, `remember`). One that
takes turns on what it writes may look the key up once it has its turn, and keep key and answer
together at the end (`SentRequest`): nobody can have handled it in between.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions.events import canonical
from sigpret.apps.audit.models import HandledRequest
from sigpret.web.statements import Repeated, Row, Statement

# Whoever inserts first works; those who arrive meanwhile wait here until it commits, and find
# its answer. When it fails the row goes with it, and the next one works.
BEGIN = """
INSERT INTO audit_handledrequest (user_id, key, digest, answer, at)
VALUES (%s, %s, %s, '{}', %s) ON CONFLICT (user_id, key) DO NOTHING
"""
LOOK_UP = "SELECT digest, answer FROM audit_handledrequest WHERE user_id = %s AND key = %s"
KEEP = """
INSERT INTO audit_handledrequest (user_id, key, digest, answer, at)
VALUES (%s, %s, %s, %s, %s)
"""


HANDLED_ONCE = "a_request_is_handled_once"


class DifferentRequestError(Exception):
    """The key was used before to ask for something else; nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Esta petición ya se usó para guardar otra cosa. No se guardó nada; "
                "vuelva a escribir el dato."
            )
        )


@contextmanager
def being_kept() -> Iterator[None]:
    """Raises DifferentRequestError when another request took the key meanwhile, on something
    else; whatever travelled with it is undone by the transaction."""
    try:
        yield
    except IntegrityError as error:
        found = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if found == HANDLED_ONCE:
            raise DifferentRequestError from error
        raise


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What a person asks for under a key. Without a key nothing is found nor kept."""

    user_id: int
    key: UUID | None
    digest: str

    @classmethod
    def of(cls, user: User, key: UUID | None, asked: Mapping[str, Any]) -> "SentRequest":
        """`asked` is everything the request asks for."""
        return cls(user.pk, key, digest_of(asked) if key else "")

    def looked_up(self) -> Statement:
        """Finds what it got when it was handled; send it with what it writes already held."""
        return Repeated(LOOK_UP, (self.user_id, self.key))

    def answer_in(self, rows: Sequence[Row]) -> dict[str, Any] | None:
        """The answer among the rows of `looked_up`; None when it is new, so do it.

        Raises DifferentRequestError.
        """
        for digest, answer in rows:
            if digest != self.digest:
                raise DifferentRequestError
            found: dict[str, Any] = json.loads(answer)
            return found
        return None

    def kept(self, answer: Mapping[str, Any], at: datetime) -> tuple[Statement, ...]:
        """Keeps its answer (JSON values only), sent inside `being_kept`; nothing without a key."""
        if self.key is None:
            return ()
        text = canonical(dict(answer))
        return (Repeated(KEEP, (self.user_id, self.key, self.digest, text, at)),)


def digest_of(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(asked)).encode()).hexdigest()


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
    digest = digest_of(asked)
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [user.pk, key, digest, at])
        if cursor.rowcount:
            return None
    handled = HandledRequest.objects.get(user_id=user.pk, key=key)
    if handled.digest != digest:
        raise DifferentRequestError
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
