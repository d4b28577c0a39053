"""What nobody needs any more is removed."""

from datetime import datetime, timedelta

from sigpret.apps.notices.models import Notice

#: A year and a month: the same quarter of last year can still be looked up.
KEPT = timedelta(days=400)


def forget_old_notices(*, at: datetime) -> int:
    """Remove read notices older than 400 days with their deliveries; how many notices."""
    old = Notice.objects.filter(created_at__lt=at - KEPT, read_at__isnull=False)
    _rows, by_model = old.delete()
    return by_model.get(Notice._meta.label, 0)
