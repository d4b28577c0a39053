"""Where mail waits: the notices' own table, and those of apps that write letters of their own.

An app above registers its table in `config/wiring.py`; `actions/sending.py` hands over whatever
waits in any of them with the same care.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.db.models.functions import Now


def always(_row: Any, _at: datetime) -> bool:
    """What a notice says stays so until it is read."""
    return True


@dataclass(frozen=True, slots=True)
class Queue:
    """A table of mail: one row, one e-mail.

    Its rows have `state` (queued, sending, sent, failed), `attempts`, `due_at`, `claimed_at`,
    `sent_at` and `last_error`; `due_at`, `claimed_at` and the column `since` (waiting from then
    on) go by the clock of the database. `rows` gives the table with what `compose` reads.
    `doubtful` is the state of a mail cut off while it was being handed over. `is_current` says
    whether what a row tells is still so at a moment; one that is not becomes `withdrawn`.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    compose: Callable[[Any], EmailMessage]
    since: str = "queued_at"
    doubtful: str = "failed"
    is_current: Callable[[Any, datetime], bool] = always
    withdrawn: str = "failed"

    def waiting(self) -> QuerySet[Any]:
        """Mail that may be tried now."""
        return self.rows().filter(state="queued", due_at__lte=Now())


_QUEUES: dict[str, Queue] = {}


def register(queue: Queue) -> None:
    """Add a table of mail; registering a name again replaces it."""
    _QUEUES[queue.name] = queue


def all_queues() -> tuple[Queue, ...]:
    """Every table of mail, in the order they were registered."""
    return tuple(_QUEUES.values())
