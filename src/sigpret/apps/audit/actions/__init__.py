"""The writes of the audit: events of the chain, and requests that were already answered."""

from sigpret.apps.audit.actions.events import canonical, event, record
from sigpret.apps.audit.actions.requests import (
    DifferentRequestError,
    SentRequest,
    answered,
    being_kept,
    forget_requests,
    remember,
)

__all__ = [
    "DifferentRequestError",
    "SentRequest",
    "answered",
    "being_kept",
    "canonical",
    "event",
    "forget_requests",
    "record",
    "remember",
]
