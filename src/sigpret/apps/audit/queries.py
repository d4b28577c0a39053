"""Reads of the chain, and its verification."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event as it was recorded; `payload` is its canonical JSON text."""

    at: datetime
    actor_name: str
    action: str
    payload: str


def events_about(subject_type: str, subject_id: object) -> tuple[RecordedEvent, ...]:
    """Every event about one subject, newest first; one statement."""
    rows = AuditEvent.objects.filter(subject_type=subject_type, subject_id=str(subject_id))
    facts = rows.order_by("-id").values_list("at", "actor_name", "action", "payload")
    return tuple(RecordedEvent(*row) for row in facts)


@dataclass(frozen=True)
class ChainVerdict:
    """What the verification found: how many events, the head's digest, and the broken links."""

    events: int
    head: str
    problems: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.problems


def digest_of(event: AuditEvent) -> str:
    """SHA-256 over the event's fields and the digest before it; the database does the same."""
    fields = (
        event.previous_digest,
        event.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "" if event.actor_id is None else str(event.actor_id),
        event.actor_name,
        event.action,
        event.subject_type,
        event.subject_id,
        event.payload,
    )
    text = "".join(f"{len(field)}:{field}" for field in fields)
    return hashlib.sha256(text.encode()).hexdigest()


def chain_head() -> str:
    """The digest of the last event; empty before the first."""
    last = AuditEvent.objects.order_by("-id").values_list("digest", flat=True).first()
    return last or ""


def verify_chain(*, expected_head: str | None = None) -> ChainVerdict:
    """Recompute every digest from the first event on, in constant memory.

    Detects edits, insertions, deletions and reordering. Truncating the tail or rewriting
    everything can only be seen against a head kept outside (`expected_head`), such as the
    one printed in a closing act.
    """
    problems: list[str] = []
    previous, count, seen = "", 0, expected_head is None
    for event in AuditEvent.objects.order_by("id").iterator(chunk_size=2000):
        count += 1
        problems.extend(faults_of(event, previous))
        previous = event.digest
        seen = seen or event.digest == expected_head
    if not seen:
        problems.append(
            f"La cabeza {expected_head} no está en la bitácora: fue cortada o reescrita."
        )
    return ChainVerdict(count, previous, tuple(problems))


def faults_of(event: AuditEvent, previous: str) -> Iterator[str]:
    if event.previous_digest != previous:
        yield f"El hecho {event.id} no sigue al anterior: falta o sobra un hecho antes de él."
    if digest_of(event) != event.digest:
        yield f"El hecho {event.id} fue alterado: su huella no corresponde a su contenido."
