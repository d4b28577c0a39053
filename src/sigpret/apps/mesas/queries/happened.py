"""What happened to a product, a strategy or a bottleneck, read from the audit chain."""

import json
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.audit.queries import RecordedEvent, events_about


@dataclass(frozen=True, slots=True)
class Happened:
    """One deed: its code (`proposed`), who, when, and what was said."""

    deed: str
    by: str
    at: datetime
    text: str


def happened(subject_type: str, subject_id: int) -> tuple[Happened, ...]:
    """Everything that happened to it, newest first; one statement."""
    return tuple(map(deed_of, events_about(subject_type, subject_id)))


def deed_of(event: RecordedEvent) -> Happened:
    told = json.loads(event.payload).get("text") or ""
    deed = event.action.split(".", 1)[-1].split("_", 1)[-1]
    return Happened(deed, event.actor_name, event.at, str(told))
