"""Which data of a batch are opened before it: a tenth of them at random, the same every time.

The order comes from the secret of the installation, so that whoever sends a report cannot know
which of its rows will be looked at, and whoever reviews it cannot draw again.
"""

from collections.abc import Collection
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from django.utils.crypto import salted_hmac

SALT = "sigpret.monitoring.sample"


def sample_of(
    value_ids: Collection[int], *, report_id: int, sent_at: datetime | None, share: Decimal
) -> frozenset[int]:
    """The values to open first, `share` percent of them and at least one; none of nothing.

    The draw belongs to the report as it was sent that time: deciding some of its values does
    not change it, sending it again does.
    """
    if not value_ids:
        return frozenset()
    wanted = (Decimal(len(value_ids)) * share / 100).to_integral_value(ROUND_CEILING)
    sending = f"{report_id}:{sent_at.isoformat() if sent_at else ''}"
    drawn = sorted(value_ids, key=lambda value_id: place_in_draw(sending, value_id))
    return frozenset(drawn[: max(int(wanted), 1)])


def place_in_draw(sending: str, value_id: int) -> str:
    return salted_hmac(SALT, f"{sending}:{value_id}", algorithm="sha256").hexdigest()
