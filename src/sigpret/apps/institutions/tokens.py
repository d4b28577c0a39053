"""Whose token a program shows, and the tokens a person has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import AccessToken
from sigpret.apps.institutions.queries import Access, access_of

#: So that a leaked one is recognised for what it is.
PREFIX = "sigpret_"
#: Enough to know whether a token is used, without a write per request.
USE_IS_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person a program acts for, what they may reach today, and whether it may write."""

    token_id: int
    person: User
    access: Access
    may_write: bool


@dataclass(frozen=True, slots=True)
class HeldToken:
    """A token as its owner sees it; what it opens with was shown once."""

    pk: int
    name: str
    may_write: bool
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_expired: bool


def bearer_of(secret: str, now: datetime) -> Bearer | None:
    """Who a token speaks for; None for one that is unknown, expired, ended, or of nobody active."""
    if not secret.startswith(PREFIX):
        return None
    row = (
        AccessToken.objects.select_related("user")
        .filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=now)
        .filter(user__is_active=True)
        .first()
    )
    if row is None:
        return None
    return Bearer(row.pk, row.user, access_of(row.user, on=now.date()), row.may_write)


def note_use(token_id: int, now: datetime) -> None:
    """Remember that the token was used, at most once an hour."""
    rows = AccessToken.objects.filter(pk=token_id)
    rows.exclude(last_used_at__gt=now - USE_IS_NOTED_EVERY).update(last_used_at=now)


def tokens_of(person: User, now: datetime) -> tuple[HeldToken, ...]:
    """The tokens the person has not ended, the newest first; one statement."""
    rows = AccessToken.objects.filter(user=person, revoked_at=None)
    return tuple(
        HeldToken(
            row.pk,
            row.name,
            row.may_write,
            row.created_at,
            row.expires_at,
            row.last_used_at,
            is_expired=row.expires_at <= now,
        )
        for row in rows
    )


def digest_of(secret: str) -> str:
    """What is kept of a token: it holds 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
