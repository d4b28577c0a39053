"""What happened to a product, a strategy or a bottleneck, read from the audit chain."""

import json
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.audit.queries import RecordedEvent, events_about


@dataclass(frozen=True, slots=True)
class Happened:
    """One deed: its code (`proposed`), who, when they did it, and what was said."""

    deed: str
    by: str
    at: datetime
    text: str


def happened(subject_type: str, subject_id: int) -> tuple[Happened, ...]:
    """Everything that happened to it, newest first; one statement."""
    return tuple(map(deed_of, events_about(subject_type, subject_id)))


def deed_of(event: RecordedEvent) -> Happened:
    payload = json.loads(event.payload)
    deed = event.action.split(".", 1)[-1].split("_", 1)[-1]
    said_at = payload.get("at")
    at = datetime.fromisoformat(said_at) if said_at else event.at
    return Happened(deed, event.actor_name, at, str(payload.get("text") or ""))
