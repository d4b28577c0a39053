"""What looks like a slip of the hand is said, and never keeps a value from being saved."""

import pytest

from sigpret.apps.monitoring.queries import report_sheet
from sigpret.apps.monitoring.queries.doubts import doubts_about
from sigpret.apps.reference.queries import policy_for
from tests.apps.monitoring.scenes import Q3, Ministry


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "doubt"),
    [
        ("10", None),
        ("12", None),
        ("99", None),
        ("100", "¿sobra un cero?"),
        ("1", "¿falta un cero?"),
        ("0", None),
    ],
)
def test_a_value_ten_times_off_is_asked_about(value, doubt):
    """Ten were programmed in the quarter."""
    ministry = Ministry()
    ministry.save(value, indicator_id=ministry.indicator.pk)
    sheet = report_sheet(institution=ministry.institution, period=Q3, policy=policy_for(Q3))
    row = sheet.row("indicator", ministry.indicator.pk)
    assert [doubt in text for text in doubts_about(row)] == ([True] if doubt else [])
