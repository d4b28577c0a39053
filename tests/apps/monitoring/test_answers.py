"""Answering what came back, and handing rows to colleagues."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.actions.answers import Correction, answer_value
from sigpret.apps.monitoring.actions.assignment import NotAColleagueError, assign_value
from sigpret.apps.monitoring.models import Comment, ReportedValue
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import NOW, Q3, Ministry, access
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


@pytest.fixture
def returned(ministry):
    ministry.save_everything()
    ministry.submit()
    ministry.give_back(ministry.value_of(ministry.product), "¿No será 1?")
    return ministry.value_of(ministry.product)


def answer(ministry, value, text="Sí: es 1.", by=None, version=None, **more):
    by = by or ministry.registrar
    return answer_value(
        actor=by,
        access=access(by),
        value_id=value.pk,
        text=text,
        expected_version=value.version if version is None else version,
        at=NOW,
        **more,
    )


def test_words_and_correction_go_together(ministry, returned):
    done = answer(ministry, returned, correction=Correction(Decimal(1)))
    assert (done.value, done.state) == (1, "returned")
    said = Comment.objects.filter(value=returned).latest("pk")
    assert (said.text, said.kind, said.author) == ("Sí: es 1.", "answer", ministry.registrar)
    assert ministry.submit().is_changed


def test_words_alone_maintain_the_value_and_answer_it(ministry, returned):
    with pytest.raises(actions.IncompleteReportError):
        ministry.submit()
    done = answer(ministry, returned, "Es 2: el acta lo dice.")
    assert (done.value, done.version) == (2, returned.version + 1)
    assert ministry.submit().values == 1


def test_a_conflict_says_nothing(ministry, returned):
    with pytest.raises(actions.ConflictError):
        answer(ministry, returned, version=1, correction=Correction(Decimal(1)))
    assert not Comment.objects.filter(kind="answer").exists()


def test_what_was_not_returned_is_not_answered(ministry):
    ministry.save_everything()
    with pytest.raises(actions.LockedValueError):
        answer(ministry, ministry.value_of(ministry.product))


def test_only_the_institution_answers(ministry, returned):
    with pytest.raises(PermissionDenied):
        answer(ministry, returned, by=ministry.analyst)


def assign(ministry, person, by=None):
    by = by or ministry.registrar
    return assign_value(
        actor=by,
        access=access(by),
        institution=ministry.institution,
        period=Q3,
        product_id=ministry.product.pk,
        person_id=person and person.pk,
        at=NOW,
    )


@pytest.fixture
def colleague(ministry):
    return make_user(Role.REGISTRAR, institution=ministry.institution)


def test_a_row_is_left_with_a_colleague_who_is_told_once(ministry, colleague):
    assert assign(ministry, colleague).is_changed
    assert not assign(ministry, colleague).is_changed
    assert ministry.value_of(ministry.product).assigned_to == colleague
    (notice,) = Notice.objects.filter(recipient=colleague)
    assert notice.kind == "value_assigned"
    assert ministry.product.name in notice.title


def test_assigning_changes_neither_the_value_nor_its_version(ministry, colleague):
    version = ministry.save("2").version
    assign(ministry, colleague)
    value = ministry.value_of(ministry.product)
    assert (value.value, value.version) == (2, version)


def test_a_row_can_be_taken_back(ministry, colleague):
    assign(ministry, colleague)
    assign(ministry, None)
    assert ministry.value_of(ministry.product).assigned_to is None


def test_somebody_from_outside_gets_no_row(ministry):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    for outsider in (stranger, ministry.analyst):
        with pytest.raises(NotAColleagueError):
            assign(ministry, outsider)
    with pytest.raises(PermissionDenied):
        assign(ministry, stranger, by=stranger)
    assert not ReportedValue.objects.exists()


def test_the_first_number_is_still_the_first(ministry, colleague):
    """A row that was only assigned has version 0, as if nobody had written it."""
    assign(ministry, colleague)
    assert ministry.save("2", version=0, by=colleague).is_changed
