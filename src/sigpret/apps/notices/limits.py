"""How often somebody may ask, counted by all the processes together."""

import time

from django.core.cache import cache

SECONDS = 60


def is_too_often(key: str, *, limit: int) -> bool:
    """Count one more request under `key`; whether it is over `limit` in this minute."""
    window = f"limit:{key}:{int(time.time() // SECONDS)}"
    # Two first requests at once may count as one, which harms nobody.
    cache.add(window, 0, timeout=2 * SECONDS)
    try:
        return int(cache.incr(window)) > limit
    except ValueError:
        return False
