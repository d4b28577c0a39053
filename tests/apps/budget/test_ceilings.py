"""Ceilings: DIGER sets them, of all sources or of each."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.actions.ceilings import CeilingError, set_ceiling
from sigpret.apps.budget.queries.ceilings import ceilings_of
from sigpret.apps.budget.queries.country import ceilings_of_year
from sigpret.apps.institutions.queries import access_of
from tests.factories.budget import make_funding_source
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def institution():
    return make_institution()


@pytest.fixture
def put(institution):
    administrator = make_user(Role.ADMINISTRATOR)

    def setting(amount, *, source=None, version=0, by=administrator, document="Oficio 12"):
        set_ceiling(
            actor=by,
            access=access_of(by, on=AT.date()),
            institution=institution,
            fiscal_year=2027,
            source_id=source and source.pk,
            amount=None if amount is None else Decimal(amount),
            document=document,
            expected_version=version,
            at=AT,
        )
        return ceilings_of(institution.pk, 2027)

    return setting


def test_a_ceiling_is_set_changed_and_taken_away(put):
    assert put("1000").total == 1000
    assert put("1500", version=1).total == 1500
    assert put(None, version=2).total is None


def test_without_one_of_all_the_ceiling_is_what_the_sources_add_up_to(put):
    put("300", source=make_funding_source())
    assert put("200", source=make_funding_source("12", "Recursos propios")).total == 500


def test_the_sources_fit_in_the_ceiling_of_all(put):
    put("400")
    with pytest.raises(CeilingError, match="pasan del techo"):
        put("500", source=make_funding_source())


def test_the_same_ceiling_twice_is_one(put):
    put("1000")
    assert put("1000").rows[0].version == 1


def test_two_people_do_not_overwrite_each_other(put):
    put("1000")
    with pytest.raises(CeilingError, match="Otra persona"):
        put("2000")


@pytest.mark.parametrize(("amount", "document"), [("-1", "x"), ("1.001", "x"), ("1", " ")])
def test_a_ceiling_is_an_amount_with_its_document(put, amount, document):
    with pytest.raises(CeilingError):
        put(amount, document=document)


def test_only_the_administration_sets_it(put, institution):
    with pytest.raises(PermissionDenied, match="administración de DIGER"):
        put("1", by=make_user(Role.APPROVER, institution=institution))


def test_the_country_reads_the_ceiling_of_all_over_those_of_each_source(put, institution):
    put("300", source=make_funding_source())
    put("1000")
    rows = {row.code: row for row in ceilings_of_year(2027)}
    assert rows[institution.code].ceiling == 1000
    assert rows[institution.code].verdict is None
