"""Several letters at once, each on a real connection: never a fourth, nobody twice."""

from dataclasses import replace

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.accreditation import accredit
from sigpret.apps.mesas.actions.member_checks import (
    AlreadyAccreditedError,
    FullDelegationError,
    MemberError,
)
from sigpret.apps.mesas.models import Accreditation
from sigpret.apps.mesas.queries import standing_in
from tests.apps.mesas.test_accreditation import ANA
from tests.apps.mesas.test_minutes_meanwhile import at_once
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, make_mesa

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mesa():
    return make_mesa()


def member(mesa, code):
    institution = make_institution(code)
    institution.sectors.add(mesa.sector)
    return institution


def letters(mesa, *asked):
    """Send every (institution, representative) at once; what each one got."""
    diger = make_user(Role.ADMINISTRATOR)
    standing = standing_in(mesa, access_of(diger, on=AT.date()), on=AT.date())

    def send(institution, who):
        try:
            return accredit(
                actor=diger,
                standing=standing,
                institution_id=institution.pk,
                level="technical",
                representative=who,
                at=AT,
            )
        except MemberError as refusal:
            return refusal

    return at_once(*(lambda one=one: send(*one) for one in asked))


def test_four_letters_at_once_leave_three_members(mesa):
    health = member(mesa, "060")
    four = [(health, replace(ANA, email=f"p{n}@salud.hn")) for n in range(4)]
    got = letters(mesa, *four)
    assert sum(isinstance(one, FullDelegationError) for one in got) == 1
    seats = Accreditation.objects.filter(mesa=mesa).values_list("seat", flat=True)
    assert sorted(seats) == [1, 2, 3]


def test_a_person_two_institutions_send_at_once_represents_one(mesa):
    got = letters(mesa, (member(mesa, "060"), ANA), (member(mesa, "062"), ANA))
    assert sum(isinstance(one, AlreadyAccreditedError) for one in got) == 1
    assert Accreditation.objects.filter(mesa=mesa).count() == 1


def test_the_same_letter_twice_at_once_is_one_accreditation(mesa):
    health = member(mesa, "060")
    first, second = letters(mesa, (health, ANA), (health, ANA))
    assert first == second
