"""Imports, from the upload to the plan."""

from datetime import datetime
from zoneinfo import ZoneInfo

AT = datetime(2026, 10, 13, 10, 42, tzinfo=ZoneInfo("America/Tegucigalpa"))
