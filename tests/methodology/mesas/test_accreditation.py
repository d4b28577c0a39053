"""Guidelines, "Acreditación de los miembros de la mesa", rule by rule."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.mesas.accreditation import (
    GUIDELINES,
    Delegation,
    Lack,
    Requirement,
    free_seat,
    lacks_of,
)

COMPLETE = frozenset(Requirement) - {Requirement.ACCREDITED}


@dataclass(frozen=True)
class Case:
    name: str
    delegation: Delegation
    full: bool
    beyond: int
    crowded: bool
    free: int


#: «los participantes a nivel técnico operativo de cada mesa no deben ser más de tres (3) por cada
#: institución, incluyendo al Director (a) de la UPGRET.»
CASES = (
    Case("nobody yet", Delegation(0, 3), False, 0, False, 3),
    Case("two", Delegation(2, 3), False, 0, False, 1),
    Case("three, the director one of them", Delegation(3, 3, 0, True), True, 0, False, 0),
    Case("three without the director", Delegation(3, 3), True, 0, False, 0),
    Case("four without a reason", Delegation(4, 3), True, 1, True, 0),
    Case("four, one with a reason", Delegation(4, 3, 1), True, 1, False, 0),
    Case("an exception whose place was freed", Delegation(3, 3, 1), False, 0, False, 0),
    Case("another country lets five", Delegation(4, 5), False, 0, False, 1),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_delegation_is_at_most_three_with_its_director(case):
    delegation = case.delegation
    got = (delegation.is_full, delegation.beyond, delegation.is_crowded, delegation.free)
    assert got == (case.full, case.beyond, case.crowded, case.free)


@given(st.frozensets(st.integers(1, 12)))
def test_the_free_seat_is_the_lowest_nobody_has(taken):
    seat = free_seat(taken)
    assert seat not in taken
    assert set(range(1, seat)) <= taken


def test_a_mesa_with_everybody_lacks_nothing():
    assert lacks_of(COMPLETE, {"060": 3, "SC10": 1}) == ()


def test_a_mesa_says_which_institutions_have_not_accredited():
    """«cada institución deberá acreditar de manera formal ante la DIGER»"""
    assert lacks_of(COMPLETE, {"060": 3, "SC12": 0, "SC10": 0}) == (
        Lack(Requirement.ACCREDITED, ("SC10", "SC12")),
    )


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_each_duty_is_needed(missing):
    assert lacks_of(COMPLETE - {missing}, {"060": 1}) == (Lack(Requirement(missing)),)


def test_a_sector_without_institutions_is_not_constituted():
    assert lacks_of(COMPLETE, {}) == (Lack(Requirement.ACCREDITED),)


def test_every_requirement_quotes_its_guideline():
    assert set(GUIDELINES) == set(Requirement)
    assert all(text.endswith(".") for text in GUIDELINES.values())
