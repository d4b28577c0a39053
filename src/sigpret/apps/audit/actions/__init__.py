"""The writes of the audit: events of the chain, and requests that were already answered."""

from sigpret.apps.audit.actions.events import canonical, record
from sigpret.apps.audit.actions.requests import (
    DifferentRequestError,
    answered,
    forget_requests,
    remember,
)

__all__ = [
    "DifferentRequestError",
    "answered",
    "canonical",
    "forget_requests",
    "record",
    "remember",
]
