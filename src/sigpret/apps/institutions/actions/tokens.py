"""Tokens for programs: made and shown once, ended at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import AccessToken
from sigpret.apps.institutions.tokens import PREFIX, digest_of

MADE = "institutions.token_made"
REVOKED = "institutions.token_revoked"
TOKEN_BYTES = 32
MOST_LIVING = 10


class TokenRefusedError(Exception):
    """The person already has one of that name, or too many."""


@dataclass(frozen=True, slots=True)
class MadeToken:
    """The token and its secret, which is shown now and never again."""

    pk: int
    secret: str


@transaction.atomic
def make_token(*, actor: User, name: str, may_write: bool, days: int, at: datetime) -> MadeToken:
    """A token that lasts `days` from `at`. Raises TokenRefusedError.

    A second click asks for the same name again and is refused: there is still one.
    """
    User.objects.select_for_update().get(pk=actor.pk)
    living = AccessToken.objects.filter(user=actor, revoked_at=None, expires_at__gt=at)
    if living.count() >= MOST_LIVING:
        raise TokenRefusedError(_("Ya tiene diez claves. Anule una que no use y cree otra."))
    secret = f"{PREFIX}{secrets.token_urlsafe(TOKEN_BYTES)}"
    row = AccessToken(
        user=actor,
        name=name.strip(),
        digest=digest_of(secret),
        may_write=may_write,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise TokenRefusedError(
            _("Ya tiene una clave con ese nombre. Anúlela o elija otro.")
        ) from None
    record(
        actor=actor,
        action=MADE,
        subject_type="access_token",
        subject_id=row.pk,
        payload={"name": row.name, "may_write": may_write, "days": days},
    )
    return MadeToken(row.pk, secret)


@transaction.atomic
def revoke_token(*, actor: User, token_id: int, at: datetime) -> bool:
    """End one's own token; False when it had ended or is of somebody else."""
    living = AccessToken.objects.filter(pk=token_id, user=actor, revoked_at=None)
    if not living.update(revoked_at=at):
        return False
    record(actor=actor, action=REVOKED, subject_type="access_token", subject_id=token_id)
    return True


@transaction.atomic
def end_tokens_of(person: User, at: datetime) -> int:
    """End every token of somebody whose password changed, expired ones too; how many ended."""
    ended = list(
        AccessToken.objects.select_for_update()
        .filter(user=person, revoked_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    AccessToken.objects.filter(pk__in=ended).update(revoked_at=at)
    for token_id in ended:
        record(
            actor=person,
            action=REVOKED,
            subject_type="access_token",
            subject_id=token_id,
            payload={"reason": "password_changed"},
        )
    return len(ended)
