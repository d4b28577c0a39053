"""Telling people something: once, with the change it speaks of, as each of them wants it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import UnknownKindError
from sigpret.apps.notices.models import Delivery, Notice, NoticeTemplate, Preference
from sigpret.apps.notices.wording import MissingFactError
from tests.apps.notices.kinds import LETTER, PARCEL
from tests.factories.institutions import make_user

AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def tell(*people, kind=PARCEL, key="parcel:1", **context):
    return notify(
        recipients=people,
        kind=kind.code,
        subject_key="parcels",
        context={"thing": "un libro", "place": "Copán"} | context,
        url="/paquetes/1",
        at=AT,
        dedupe_key=key,
    )


def test_a_notice_says_the_facts_in_the_words_of_its_kind():
    person = make_user()
    assert tell(person, detail="Dice Ana: «frágil»", subject="Paquete 1") == 1
    notice = Notice.objects.get()
    assert notice.title == "Llegó un libro a Copán"
    assert notice.body == "Recoja un libro en Copán."
    assert (notice.detail, notice.subject) == ("Dice Ana: «frágil»", "Paquete 1")
    assert (notice.created_at, notice.read_at) == (AT, None)


def test_without_other_words_it_stands_under_the_heading_of_its_kind():
    tell(make_user())
    assert Notice.objects.get().subject == "Paquete en Copán"


def test_mail_is_queued_with_the_notice():
    tell(make_user())
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state, delivery.attempts) == ("email", "queued", 0)


def test_telling_twice_is_telling_once():
    person = make_user()
    assert [tell(person), tell(person)] == [1, 0]
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_telling_more_people_tells_only_the_new_ones():
    first, second = make_user(), make_user()
    tell(first)
    assert tell(first, second) == 1


def test_the_same_person_named_twice_is_told_once():
    person = make_user()
    assert tell(person, person, person.pk) == 1


def test_another_key_is_another_notice():
    person = make_user()
    tell(person)
    assert tell(person, key="parcel:2") == 1


def test_a_change_that_is_undone_tells_nobody():
    with transaction.atomic():
        assert tell(make_user()) == 1
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_who_may_not_enter_is_told_nothing():
    assert tell(make_user(is_active=False)) == 0


def test_nobody_to_tell_costs_nothing_and_fails_nothing():
    assert tell() == 0


def test_a_kind_for_the_digest_queues_no_mail():
    tell(make_user(), kind=LETTER)
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("mode", ["digest", "off"])
def test_mail_follows_what_the_person_chose(mode):
    person = make_user()
    Preference.objects.create(user=person, kind=PARCEL.code, channel="email", mode=mode)
    tell(person, make_user())
    assert Delivery.objects.count() == 1
    assert Delivery.objects.get().notice.recipient != person


def test_who_wants_a_letter_at_once_gets_its_mail():
    person = make_user()
    Preference.objects.create(user=person, kind=LETTER.code, channel="email", mode="at_once")
    tell(person, kind=LETTER)
    assert Delivery.objects.count() == 1


def test_a_muted_kind_arrives_already_read():
    person = make_user()
    Preference.objects.create(user=person, kind=PARCEL.code, channel="app", mode="off")
    tell(person)
    assert Notice.objects.get().read_at == AT


def test_the_administration_may_have_written_other_words():
    NoticeTemplate.objects.create(kind=PARCEL.code, subject="{cosa}: venga", text="En {lugar}.")
    tell(make_user())
    notice = Notice.objects.get()
    assert (notice.title, notice.body) == ("un libro: venga", "En Copán.")


def test_a_kind_nobody_registered_is_a_mistake_of_the_program():
    with pytest.raises(UnknownKindError):
        notify(
            recipients=[make_user()],
            kind="nothing",
            subject_key="x",
            context={},
            url="/",
            at=AT,
            dedupe_key="x",
        )


def test_a_missing_fact_is_a_mistake_of_the_program():
    with pytest.raises(MissingFactError, match="thing, place"):
        notify(
            recipients=[make_user()],
            kind=PARCEL.code,
            subject_key="x",
            context={},
            url="/",
            at=AT,
            dedupe_key="x",
        )


@pytest.mark.parametrize(
    "url", ["https://otro.example/", "//otro.example", "/\\otro.example", "javascript:alert(1)"]
)
def test_a_notice_leads_nowhere_else(url):
    with pytest.raises(IntegrityError), transaction.atomic():
        notify(
            recipients=[make_user()],
            kind=LETTER.code,
            subject_key="x",
            context={},
            url=url,
            at=AT,
            dedupe_key="x",
        )


def test_telling_many_people_is_two_statements(django_assert_num_queries):
    people = [make_user() for _ in range(5)]
    with transaction.atomic(), django_assert_num_queries(2):
        tell(*people)
