"""What nobody needs any more is removed; whoever keeps something of their own says what."""

from datetime import datetime, timedelta
from typing import Protocol

from sigpret.apps.notices.models import Notice

#: A year and a month: the same quarter of last year can still be looked up.
KEPT = timedelta(days=400)


class Cleaning(Protocol):
    """Removes what nobody needs at a moment; how many."""

    def __call__(self, *, at: datetime) -> int: ...


_CLEANING: list[Cleaning] = []


def register(cleaning: Cleaning) -> None:
    """Add whoever has something to remove; `config/wiring.py` does. Twice is once."""
    if cleaning not in _CLEANING:
        _CLEANING.append(cleaning)


def forget(*, at: datetime) -> int:
    """Old notices, and what everybody registered removes; how many of all."""
    return forget_old_notices(at=at) + sum(cleaning(at=at) for cleaning in _CLEANING)


def forget_old_notices(*, at: datetime) -> int:
    """Remove read notices older than 400 days with their deliveries; how many notices."""
    old = Notice.objects.filter(created_at__lt=at - KEPT, read_at__isnull=False)
    _rows, by_model = old.delete()
    return by_model.get(Notice._meta.label, 0)
