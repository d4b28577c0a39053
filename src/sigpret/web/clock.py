"""The moment, read once per request at the edge and passed on as a value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from sigpret.web.dates import TEGUCIGALPA


def now() -> datetime:
    """The moment at Tegucigalpa; the demonstration lives on the day its settings say."""
    demo_now: datetime | None = getattr(settings, "DEMO_NOW", None)
    if demo_now is None:
        return datetime.now(TEGUCIGALPA)
    if demo_now.tzinfo is None:
        demo_now = demo_now.replace(tzinfo=TEGUCIGALPA)
    started: datetime | None = getattr(settings, "DEMO_STARTED", None)
    running = datetime.now(UTC) - started if started else timedelta()
    return (demo_now + running).astimezone(TEGUCIGALPA)


def today(request: HttpRequest) -> date:
    """The date this request lives on: what the middleware read, or the clock outside it."""
    as_of = getattr(request, "as_of", None)
    return as_of if isinstance(as_of, date) else now().date()
