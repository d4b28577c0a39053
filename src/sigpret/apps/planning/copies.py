"""What follows a plan that was copied from another year: the apps above say what they bring along.

A plan knows no goal: `config/wiring.py` registers who does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class CopiedRows:
    """The ids of a copy by those of what was copied."""

    plan_id: int
    fiscal_year: int
    objectives: Mapping[int, int]
    products: Mapping[int, int]


#: Brings along what another app says of the rows; how many things it brought.
Follower = Callable[[User, CopiedRows, datetime], int]

_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Let an app bring along what it says of the rows of a plan; once."""
    if follower not in _followers:
        _followers.append(follower)


def follow(actor: User, rows: CopiedRows, at: datetime) -> int:
    """Everything every follower brings along, inside the caller's transaction."""
    return sum(follower(actor, rows, at) for follower in _followers)
