"""The moment, read once per request at the edge and passed on as a value."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest

from sigpret.web.dates import TEGUCIGALPA


def now() -> datetime:
    """The moment at Tegucigalpa; the demonstration lives on the day its settings say."""
    demo_now: datetime | None = getattr(settings, "DEMO_NOW", None)
    if demo_now is None:
        return datetime.now(TEGUCIGALPA)
    if demo_now.tzinfo is None:
        return demo_now.replace(tzinfo=TEGUCIGALPA)
    return demo_now.astimezone(TEGUCIGALPA)


def today(request: HttpRequest) -> date:
    """The date this request lives on: what the middleware read, or the clock outside it."""
    as_of = getattr(request, "as_of", None)
    return as_of if isinstance(as_of, date) else now().date()
