"""A person reads their notices. Not in the chain of events: it changes nothing for anybody else."""

from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.models import Notice


@transaction.atomic
def open_notice(*, actor: User, notice_id: int, at: datetime) -> str | None:
    """Mark a notice of the person as read; the address it leads to, None when it is not theirs."""
    mine = Notice.objects.filter(recipient=actor, pk=notice_id)
    mine.filter(read_at=None).update(read_at=at)
    return mine.values_list("url", flat=True).first()


@transaction.atomic
def mark_read(*, actor: User, up_to: int, at: datetime, subject_key: str = "") -> int:
    """Mark what the person has seen as read: about one thing, or everything; how many.

    `up_to` is the number of the newest notice on the page, so that what arrived while it was
    being read stays unread.
    """
    seen = Notice.objects.filter(recipient=actor, read_at=None, pk__lte=up_to)
    if subject_key:
        seen = seen.filter(subject_key=subject_key)
    return seen.update(read_at=at)
