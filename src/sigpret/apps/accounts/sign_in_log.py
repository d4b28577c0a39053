"""One line of the log per attempt to enter: who, from where, what came of it."""

import logging
from enum import StrEnum

from django.http import HttpRequest

logger = logging.getLogger("sigpret.sign_in")


class Outcome(StrEnum):
    ENTERED = "entered"
    ENTERED_AS = "entered_as"
    FAILED = "failed"
    TOO_MANY = "too_many_attempts"


def note(request: HttpRequest, outcome: Outcome, *, user_id: int | None, address: str) -> None:
    """Write the line. Never what was typed: people type their password in the wrong cell.

    `user_id` None: nobody has that e-mail address.
    """
    level = logging.WARNING if outcome in {Outcome.FAILED, Outcome.TOO_MANY} else logging.INFO
    logger.log(
        level,
        "sign in",
        extra={"outcome": outcome.value, "user_id": user_id, "address": address},
    )
