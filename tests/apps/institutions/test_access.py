"""What a person may reach because of where they work."""

from datetime import date

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import Access, access_of, institution_of
from tests.factories.institutions import make_institution, make_sector, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 13)


def test_an_anonymous_person_reaches_nothing():
    nobody = Access()
    assert not nobody.has(*Role)
    assert not nobody.reads_institution(1)
    assert not nobody.works_for(1)


def test_a_registrar_works_for_one_institution_only():
    own, other = make_institution(), make_institution()
    access = access_of(make_user(Role.REGISTRAR, institution=own), on=TODAY)
    assert access.works_for(own.pk)
    assert access.reads_institution(own.pk)
    assert not access.works_for(other.pk)
    assert not access.reads_institution(other.pk)
    assert institution_of(access) == own


@pytest.mark.parametrize(
    "role",
    [Role.ANALYST, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.PRESIDENCY, Role.AUDITOR],
)
def test_national_readers_read_every_institution_and_write_for_none(role):
    institution = make_institution()
    access = access_of(make_user(role), on=TODAY)
    assert access.reads_institution(institution.pk)
    assert not access.works_for(institution.pk)
    assert institution_of(access) is None


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (date(2026, 10, 13), None, True),
        (date(2026, 1, 1), date(2026, 10, 13), True),
        (date(2026, 10, 14), None, False),
        (date(2026, 1, 1), date(2026, 10, 12), False),
    ],
    ids=["starts today", "ends today", "not yet", "no longer"],
)
def test_a_membership_counts_only_while_it_is_valid(starts, ends, holds):
    user = make_user()
    Membership.objects.create(user=user, role=Role.ANALYST, valid_from=starts, valid_until=ends)
    assert access_of(user, on=TODAY).has(Role.ANALYST) is holds


def test_a_mesa_member_reads_no_institution():
    user, sector = make_user(), make_sector()
    Membership.objects.create(
        user=user, role=Role.MESA_MEMBER, sector=sector, valid_from=date(2026, 1, 1)
    )
    access = access_of(user, on=TODAY)
    assert access.sector_ids == {sector.pk}
    assert not access.reads_institution(make_institution().pk)
