"""The private address of a person's calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.notices.models import CalendarFeed
from sigpret.apps.notices.queries.calendar import digest_of

MADE = "notices.calendar_made"
REVOKED = "notices.calendar_revoked"
TOKEN_BYTES = 32


@transaction.atomic
def make_feed(*, actor: User, at: datetime) -> str:
    """A new address for the person's calendar; the one they had stops working.

    Returns the token: it is shown now and never again, because only its digest is kept.
    """
    # Two clicks at once take turns on the person, so that one of them has the last word.
    User.objects.select_for_update().get(pk=actor.pk)
    end(actor, at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(user=actor, token_digest=digest_of(token), created_at=at)
    record(actor=actor, action=MADE, subject_type="user", subject_id=actor.pk)
    return token


@transaction.atomic
def revoke_feed(*, actor: User, at: datetime) -> bool:
    """The address stops working at once; whether there was one."""
    ended = end(actor, at)
    if ended:
        record(actor=actor, action=REVOKED, subject_type="user", subject_id=actor.pk)
    return ended


def end(person: User, at: datetime) -> bool:
    living = CalendarFeed.objects.filter(user=person, revoked_at=None)
    return bool(living.update(revoked_at=at))
