"""How far each institution got with each quarter's report."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from random import Random

from sigpret.demonstration.people import DIGER, SESAL
from sigpret.demonstration.quarters import OPEN, REPORTED

#: Of the 97 institutions, those that have sent their report of the open quarter.
SENT_SHARE = 71 / 97
CULTURE = "SC34"
#: Their work on the open quarter is what the demonstration is there to show.
FIXED = {DIGER: "draft", SESAL: "partly_decided", CULTURE: "draft"}


class Standing(StrEnum):
    """What became of an institution's report of a quarter."""

    VALIDATED = "validated"
    LATE = "late"
    PARTLY_DECIDED = "partly_decided"
    WAITING = "waiting"
    RETURNED = "returned"
    DRAFT = "draft"
    ABSENT = "absent"


#: Of a hundred reports of a closed quarter, and of the open one, by whether they were sent.
CLOSED_SHARES = {Standing.VALIDATED: 90, Standing.LATE: 7, Standing.ABSENT: 3}
SENT_SHARES = {
    Standing.VALIDATED: 46,
    Standing.PARTLY_DECIDED: 16,
    Standing.WAITING: 22,
    Standing.RETURNED: 16,
}
UNSENT_SHARES = {Standing.DRAFT: 60, Standing.ABSENT: 40}


def standings(
    institutions: Sequence[str], leads: Collection[str], rng: Random
) -> dict[tuple[str, str], Standing]:
    """The standing of every institution in every reported quarter.

    Those who answer for a presidential goal (`leads`) always send.
    """
    found = {
        (code, period): closed_standing(code in leads, rng)
        for period in REPORTED
        if period != OPEN
        for code in institutions
    }
    sent = senders(institutions, leads, rng)
    for code in institutions:
        found[code, OPEN] = open_standing(code, code in sent, code in leads, rng)
    return found


def senders(institutions: Sequence[str], leads: Collection[str], rng: Random) -> set[str]:
    waiting = {code for code, standing in FIXED.items() if standing == "draft"}
    sure = {code for code in leads if code not in waiting} | {SESAL}
    others = [code for code in institutions if code not in sure | waiting]
    return sure | set(rng.sample(others, round(len(institutions) * SENT_SHARE) - len(sure)))


def closed_standing(is_lead: bool, rng: Random) -> Standing:
    drawn = draw(CLOSED_SHARES, rng)
    return Standing.VALIDATED if is_lead and drawn is Standing.ABSENT else drawn


def open_standing(code: str, is_sent: bool, is_lead: bool, rng: Random) -> Standing:
    drawn = draw(SENT_SHARES if is_sent else UNSENT_SHARES, rng)
    if code in FIXED:
        return Standing(FIXED[code])
    return Standing.VALIDATED if is_lead else drawn


def draw(shares: Mapping[Standing, int], rng: Random) -> Standing:
    return rng.choices(list(shares), list(shares.values()))[0]
