"""Who may do what, as a table."""

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring import permissions

OWN, OTHER = 1, 2

READERS = {Role.ANALYST, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.PRESIDENCY, Role.AUDITOR}
WRITERS = {Role.REGISTRAR, Role.APPROVER}
REVIEWERS = {Role.ANALYST, Role.ADMINISTRATOR}


def holder(role: Role) -> Access:
    """Somebody with a role; those of an institution hold it in their own."""
    own = {OWN: frozenset({role})} if role in WRITERS else {}
    return Access(user_id=7, roles=frozenset({role}), institutions=own)


def allowed(check, *arguments) -> bool:
    try:
        check(*arguments)
    except PermissionDenied as refusal:
        return not refusal.args[0]  # a refusal says who may
    return True


@pytest.mark.parametrize("role", Role)
def test_reading_an_unpublished_report(role):
    assert allowed(permissions.check_can_read_report, holder(role), OTHER) == (role in READERS)
    assert allowed(permissions.check_can_read_report, holder(role), OWN) == (
        role in READERS | WRITERS
    )


@pytest.mark.parametrize("role", Role)
def test_writing_a_report(role):
    assert allowed(permissions.check_can_write_report, holder(role), OWN) == (role in WRITERS)
    assert not allowed(permissions.check_can_write_report, holder(role), OTHER)


@pytest.mark.parametrize("role", Role)
def test_reviewing(role):
    assert allowed(permissions.check_can_review, holder(role)) == (role in REVIEWERS)


@pytest.mark.parametrize("role", Role)
def test_closing(role):
    is_administrator = role == Role.ADMINISTRATOR
    assert allowed(permissions.check_can_close_round, holder(role)) == is_administrator
    assert permissions.can_close_round(holder(role)) == is_administrator


@pytest.mark.parametrize(
    ("institution", "reported_by", "may_decide"),
    [(OTHER, 8, True), (OTHER, None, True), (OTHER, 7, False), (OWN, 8, False), (OWN, 7, False)],
)
def test_deciding_needs_to_have_no_part_in_it(institution, reported_by, may_decide):
    """An analyst, number 7, who also registers for the first institution."""
    person = Access(
        user_id=7,
        roles=frozenset({Role.ANALYST, Role.REGISTRAR}),
        institutions={OWN: frozenset({Role.REGISTRAR})},
    )
    facts = {"institution_id": institution, "reported_by_id": reported_by}
    assert permissions.can_decide(person, **facts) == may_decide


def test_an_anonymous_person_may_nothing():
    anybody = Access()
    assert not permissions.can_read_report(anybody, OWN)
    assert not permissions.can_write_report(anybody, OWN)
    assert not permissions.can_decide(anybody, institution_id=OWN, reported_by_id=None)
