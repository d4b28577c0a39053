"""Storing what the methodology says of the validated values."""

from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy


def evaluate_period(
    *, period: Period, policy: Policy, actor: User | None = None, at: datetime
) -> int:
    """Evaluate the whole country at a quarter and store it; how many goals were evaluated."""
    raise NotImplementedError
