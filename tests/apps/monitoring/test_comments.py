"""What is said of a datum: who may say it, who is told, and that nothing is lost or repeated."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring.actions import EmptyCommentError, add_comment
from sigpret.apps.monitoring.models import Comment
from sigpret.apps.monitoring.queries import Turn, thread_of, threads
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import NOW, Q3, Ministry, access
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    scene = Ministry()
    scene.save_everything()
    scene.submit()
    return scene


def say(ministry, text="¿De qué periodo es?", *, by=None, at=NOW, **more):
    by = by or ministry.analyst
    value = ministry.value_of(ministry.product)
    return add_comment(actor=by, access=access(by), value_id=value.pk, text=text, at=at, **more)


def thread(ministry, person):
    value = ministry.value_of(ministry.product)
    return thread_of(value.pk, access=access(person), on=NOW.date())


def test_a_question_of_the_review_waits_for_the_institution(ministry):
    say(ministry)
    read = thread(ministry, ministry.registrar)
    assert (read.turn, read.comments[0].is_from_review) == (Turn.INSTITUTION, True)


def test_what_the_institution_says_after_the_review_is_an_answer(ministry):
    say(ministry)
    answer = say(ministry, "Del tercero.", by=ministry.registrar, at=NOW + timedelta(hours=1))
    assert answer.kind == Comment.Kind.ANSWER
    assert thread(ministry, ministry.analyst).turn == Turn.REVIEW


def test_the_institution_may_speak_first(ministry):
    assert say(ministry, by=ministry.registrar).kind == Comment.Kind.REMARK


def test_nobody_owes_an_answer_about_a_validated_datum(ministry):
    say(ministry)
    ministry.validate(ministry.value_of(ministry.product))
    assert thread(ministry, ministry.analyst).turn == Turn.NOBODY


def test_clicking_twice_says_it_once(ministry):
    first, second = say(ministry), say(ministry)
    assert (second.comment_id, second.is_new) == (first.comment_id, False)
    assert Comment.objects.count() == 1


def test_each_comment_is_an_event_of_the_chain(ministry):
    say(ministry)
    say(ministry)
    assert AuditEvent.objects.filter(action="monitoring.comment_added").count() == 1


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 1001])
def test_a_comment_says_something_and_is_not_a_report(ministry, text):
    with pytest.raises(EmptyCommentError):
        say(ministry, text)


@pytest.mark.parametrize(
    ("text", "is_called"),
    [
        ("@Óscar Rivera, ¿puede ver esto?", True),
        ("@óscar rivera: vea", True),
        ("Óscar Rivera lo sabe", False),
        ("@Óscar", False),
        ("@SES, aclare", True),
        ("@SESX, aclare", False),
        ("correo@SES", False),
    ],
)
def test_a_name_after_an_at_sign_calls_somebody(ministry, text, is_called):
    ministry.institution.acronym = "SES"
    ministry.institution.save()
    ministry.registrar.full_name = "Óscar Rivera"
    ministry.registrar.save()
    assert (ministry.registrar.pk in say(ministry, text).mentions) is is_called


def test_people_of_another_institution_cannot_be_called(ministry):
    outsider = make_user(Role.REGISTRAR, institution=make_institution(), full_name="Ana Paz")
    said = say(ministry, "@Ana Paz", mention_ids=[outsider.pk, ministry.registrar.pk])
    assert said.mentions == {ministry.registrar.pk}


def test_the_author_is_not_called_by_their_own_name(ministry):
    said = say(ministry, f"@{ministry.analyst.full_name}", mention_ids=[ministry.analyst.pk])
    assert said.mentions == frozenset()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PRESIDENCY, Role.STATISTICIAN])
def test_others_who_read_the_country_only_read(ministry, role):
    say(ministry)
    reader = make_user(role)
    assert not thread(ministry, reader).can_write
    with pytest.raises(PermissionDenied):
        say(ministry, by=reader)


def test_another_institution_neither_reads_nor_writes(ministry):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    say(ministry)
    assert thread(ministry, stranger) is None
    assert threads(access=access(stranger), period=Q3) == ()
    with pytest.raises(PermissionDenied):
        say(ministry, by=stranger)


def test_threads_are_listed_with_their_last_words_and_the_oldest_first(ministry):
    later = Ministry(round=ministry.round)
    later.save_everything()
    later.submit()
    say(later, "Segunda", at=NOW + timedelta(hours=2))
    say(ministry, "Primera")
    say(ministry, "Respuesta", by=ministry.registrar, at=NOW + timedelta(hours=1))
    lines = threads(access=access(ministry.analyst), period=Q3)
    assert [(line.last.text, line.comments, line.turn) for line in lines] == [
        ("Respuesta", 2, Turn.REVIEW),
        ("Segunda", 1, Turn.INSTITUTION),
    ]


def test_the_list_asks_few_questions_whatever_its_length(ministry, django_assert_max_num_queries):
    say(ministry)
    with django_assert_max_num_queries(4):
        threads(access=access(ministry.analyst), period=Q3)


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_the_institution_is_told_of_a_comment_and_who_is_named_of_being_named(ministry):
    colleague = make_user(Role.APPROVER, institution=ministry.institution)
    say(ministry, mention_ids=[ministry.registrar.pk])
    assert (told(ministry.registrar), told(colleague)) == (["mention"], ["comment"])
    assert told(ministry.analyst) == []


def test_an_answer_is_told_to_who_asked_and_to_nobody_else_of_the_review(ministry):
    other = make_user(Role.ANALYST)
    say(ministry)
    say(ministry, "Del tercero.", by=ministry.registrar, at=NOW + timedelta(hours=1))
    assert (told(ministry.analyst), told(other)) == (["comment"], [])
