"""One moment per request."""

from datetime import UTC, date, datetime

from django.test import RequestFactory, override_settings

from sigpret.web.clock import now, today
from sigpret.web.dates import TEGUCIGALPA


@override_settings(DEMO_NOW=datetime(2026, 10, 13, 9, 0))  # noqa: DTZ001 - what a setting may hold
def test_the_demonstration_lives_on_its_day_at_tegucigalpa():
    assert now() == datetime(2026, 10, 13, 9, 0, tzinfo=TEGUCIGALPA)


@override_settings(DEMO_NOW=datetime(2026, 10, 14, 3, 0, tzinfo=UTC))
def test_late_in_the_evening_it_is_still_today():
    assert today(RequestFactory().get("/")) == date(2026, 10, 13)


@override_settings(DEMO_NOW=None)
def test_outside_the_demonstration_the_clock_is_the_wall_clock():
    assert now().tzinfo is TEGUCIGALPA


def test_a_request_keeps_the_date_it_began_with():
    request = RequestFactory().get("/")
    request.as_of = date(2026, 1, 31)
    assert today(request) == date(2026, 1, 31)
