"""Why a value is far from what was programmed, in an institution's words."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from sigpret.demonstration.texts import read

EXPLAINED_BELOW, EXPLAINED_ABOVE = 0.9, 1.2


def explained(
    path: Mapping[str, float | None], planned: Mapping[str, Decimal], rng: Random
) -> dict[str, tuple[str, str]]:
    """Category and sentence of each quarter that asks for a cause; `path` as in `execution`."""
    return {
        period: cause(case, rng)
        for period, ratio in path.items()
        if (case := case_of(ratio, planned.get(period))) is not None
    }


def case_of(ratio: float | None, planned: Decimal | None) -> str | None:
    """Which sentences fit; None when nothing needs explaining."""
    if ratio is None or planned is None:
        return None
    if planned == 0:
        return "unplanned"
    if ratio < EXPLAINED_BELOW:
        return "low"
    return "high" if ratio > EXPLAINED_ABOVE else None


def cause(case: str, rng: Random) -> tuple[str, str]:
    found = rng.choice([row for row in read("causes") if row["case"] == case])
    return found["category"], found["text"]
