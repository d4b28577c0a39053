"""The traffic light: four states of achievement, and three that are never a colour of it."""

from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.policy import Policy


class Status(StrEnum):
    """How a goal, an indicator or a product stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    EXCEEDED = "exceeded"
    NOT_REPORTED = "not_reported"
    NOT_DUE = "not_due"
    NO_DENOMINATOR = "no_denominator"


def status_of(value: Decimal | None, *, is_due: bool, is_reported: bool, policy: Policy) -> Status:
    """The status of a raw achievement (0-100 scale), compared with the thresholds unrounded.

    What is due and was not reported is "not reported", never "behind"; a value that could
    not be had although reported (nothing was planned) is "not due".
    """
    if not is_due:
        return Status.NOT_DUE
    if not is_reported:
        return Status.NOT_REPORTED
    if value is None:
        return Status.NOT_DUE
    if value > policy.exceeded:
        return Status.EXCEEDED
    if value >= policy.on_track:
        return Status.ON_TRACK
    if value >= policy.at_risk:
        return Status.AT_RISK
    return Status.BEHIND
