"""What the reviewer had on the screen when they decided: versions and quantities, as sent back."""

import re
from collections.abc import Iterable
from decimal import Decimal

QUANTITY = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,4})?")
SEEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


def seen_versions(texts: Iterable[str]) -> dict[int, int]:
    """Value and version the reviewer saw, from texts like `12:3`; anything else is ignored."""
    found = (SEEN.fullmatch(text) for text in texts)
    return {int(match[1]): int(match[2]) for match in found if match}


def seen_quantity(text: str) -> Decimal | None:
    """The quantity that was shown; None when it is not one."""
    return Decimal(text) if QUANTITY.fullmatch(text) else None
