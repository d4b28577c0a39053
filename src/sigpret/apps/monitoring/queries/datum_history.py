"""What happened to a datum, as the chain of events remembers it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sigpret.apps.audit.queries import RecordedEvent, events_about


class Deed(StrEnum):
    """What was done to a datum."""

    WRITTEN = "written"
    EXPLAINED = "explained"
    SENT = "sent"
    VALIDATED = "validated"
    RETURNED = "returned"
    COMMENTED = "commented"
    EVIDENCE = "evidence"
    EVIDENCE_GONE = "evidence_gone"
    PREPARED = "prepared"


@dataclass(frozen=True, slots=True)
class DatumEvent:
    """One deed. `old` and `new` are quantities, None when there was none or it did not matter;
    `text` what was written with it. `has_no_denominator`: 0 of 0 was written."""

    at: datetime
    who: str
    deed: Deed
    old: Decimal | None = None
    new: Decimal | None = None
    text: str = ""
    has_no_denominator: bool = False


def datum_history(value_id: int, report_id: int) -> tuple[DatumEvent, ...]:
    """Everything the chain remembers of a datum, newest first; one statement."""
    events = events_about("progress_report", report_id)
    return tuple(found for event in events for found in deeds_in(event, value_id))


def deeds_in(event: RecordedEvent, value_id: int) -> Iterator[DatumEvent]:
    """What an event about a report says of one of its data: mostly nothing."""
    payload = json.loads(event.payload)
    reader = READERS.get(event.action)
    if reader is not None:
        yield from reader(event, payload, value_id)


def written(
    event: RecordedEvent, payload: Mapping[str, Any], value_id: int
) -> Iterator[DatumEvent]:
    if payload.get("value_id") != value_id:
        return
    old, new = payload["old"], payload["new"]
    before, after = number(old.get("value")), number(new.get("value"))
    if new.get("has_no_denominator") and not old.get("has_no_denominator"):
        yield DatumEvent(event.at, event.actor_name, Deed.WRITTEN, before, has_no_denominator=True)
    elif before != after:
        yield DatumEvent(event.at, event.actor_name, Deed.WRITTEN, before, after)
    elif old.get("cause") != new.get("cause"):
        yield DatumEvent(event.at, event.actor_name, Deed.EXPLAINED, text=new.get("cause") or "")


def sent(event: RecordedEvent, payload: Mapping[str, Any], value_id: int) -> Iterator[DatumEvent]:
    if value_id in payload.get("value_ids", ()):
        is_prepared = event.action.endswith("prepared")
        yield DatumEvent(event.at, event.actor_name, Deed.PREPARED if is_prepared else Deed.SENT)


def decided(
    event: RecordedEvent, payload: Mapping[str, Any], value_id: int
) -> Iterator[DatumEvent]:
    deed = Deed.RETURNED if event.action.endswith("returned") else Deed.VALIDATED
    for value in payload.get("values", ()):
        if value["value_id"] == value_id:
            text = payload.get("observation") or ""
            yield DatumEvent(
                event.at, event.actor_name, deed, new=number(value["value"]), text=text
            )


def commented(
    event: RecordedEvent, payload: Mapping[str, Any], value_id: int
) -> Iterator[DatumEvent]:
    if payload.get("value_id") == value_id:
        yield DatumEvent(event.at, event.actor_name, Deed.COMMENTED, text=payload.get("text") or "")


def shown(event: RecordedEvent, payload: Mapping[str, Any], value_id: int) -> Iterator[DatumEvent]:
    deed = Deed.EVIDENCE if event.action.endswith("evidence_attached") else Deed.EVIDENCE_GONE
    if any(pair["value_id"] == value_id for pair in payload.get("evidence", ())):
        yield DatumEvent(event.at, event.actor_name, deed)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


READERS = {
    "monitoring.value_saved": written,
    "monitoring.report_prepared": sent,
    "monitoring.report_approved": sent,
    "monitoring.report_submitted": sent,
    "monitoring.values_validated": decided,
    "monitoring.value_returned": decided,
    "monitoring.comment_added": commented,
    "monitoring.evidence_attached": shown,
    "monitoring.evidence_detached": shown,
}
