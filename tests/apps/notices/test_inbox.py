"""The page of notices and its bell: grouped, unread first, each person their own."""

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.notices.kinds import Channel, Mode
from sigpret.apps.notices.models import Notice, Preference
from sigpret.apps.notices.queries.inbox import inbox, unread_count
from tests.apps.notices.kinds import LETTER, PARCEL
from tests.apps.notices.test_notify import AT, tell
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user(Role.REGISTRAR, institution=make_institution())


@pytest.fixture
def page(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_speaks_of_the_same_thing_stands_together(person):
    tell(person, key="a")
    tell(person, key="b")
    (group,) = inbox(person.pk)
    assert (group.heading, len(group.lines), group.unread) == ("Paquete en Copán", 2, 2)


def test_what_was_not_read_comes_first(person):
    tell(person, key="old", place="Gracias")
    Notice.objects.update(subject_key="old")
    tell(person, key="new", place="Copán")
    Notice.objects.filter(subject_key="parcels").update(read_at=AT)
    assert [group.key for group in inbox(person.pk)] == ["old", "parcels"]


def test_a_summary_is_in_the_mail_only(person):
    tell(person)
    Notice.objects.update(kind="digest")
    assert inbox(person.pk) == ()


def test_a_kind_nobody_gives_any_more_is_still_read(person):
    tell(person)
    Notice.objects.update(kind="gone", subject="")
    (group,) = inbox(person.pk)
    assert group.heading == "Llegó un libro a Copán"


def test_the_page_says_how_many_and_shows_what_somebody_wrote(page, person):
    tell(person, detail="Dice Ana: <b>frágil</b>")
    shown = page.get(reverse("notices:inbox")).content.decode()
    assert "Tiene 1 aviso sin leer" in shown
    assert "&lt;b&gt;frágil" in shown


def test_nobody_reads_what_was_told_to_others(page):
    tell(make_user(), detail="secreto")
    shown = page.get(reverse("notices:inbox")).content.decode()
    assert "secreto" not in shown
    assert "Todavía no hay avisos" in shown


def test_opening_reads_it_and_goes_where_it_leads(page, person):
    tell(person)
    notice = Notice.objects.get()
    answer = page.post(reverse("notices:open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/paquetes/1")
    assert unread_count(person.pk) == 0


def test_nobody_opens_the_notice_of_somebody_else(page):
    tell(make_user())
    notice = Notice.objects.get()
    assert page.post(reverse("notices:open", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_link_alone_reads_nothing(page, person):
    tell(person)
    assert page.get(reverse("notices:open", args=[Notice.objects.get().pk])).status_code == 405


def test_marking_reads_what_was_on_the_page_and_not_what_came_later(page, person):
    tell(person, key="seen")
    seen = Notice.objects.get().pk
    tell(person, key="later")
    page.post(reverse("notices:read"), {"up_to": seen})
    assert unread_count(person.pk) == 1


def test_marking_one_thing_leaves_the_others(page, person):
    tell(person, key="a")
    Notice.objects.update(subject_key="other")
    tell(person, key="b")
    newest = Notice.objects.order_by("-pk")[0].pk
    page.post(reverse("notices:read"), {"up_to": newest, "subject_key": "parcels"})
    assert [notice.subject_key for notice in Notice.objects.filter(read_at=None)] == ["other"]


def test_muting_a_kind_reads_it_and_silences_it(page, person):
    tell(person, key="a")
    tell(person, key="b", kind=LETTER)
    page.post(reverse("notices:mute"), {"kind": PARCEL.code})
    tell(person, key="c")
    assert unread_count(person.pk) == 1
    choice = Preference.objects.get(user=person)
    assert (choice.channel, choice.mode) == (Channel.APP, Mode.OFF)


def test_an_unknown_kind_cannot_be_muted(page):
    assert page.post(reverse("notices:mute"), {"kind": "nothing"}).status_code == 404


@pytest.mark.parametrize(("count", "shown"), [(1, ">1<"), (100, ">99+<")])
def test_the_bell_counts_what_is_unread(page, person, count, shown):
    tell(person)
    first = Notice.objects.get()
    Notice.objects.bulk_create(
        Notice(
            recipient=person,
            kind=PARCEL.code,
            title="x",
            url="/",
            subject_key="x",
            dedupe_key=str(number),
            created_at=first.created_at,
        )
        for number in range(count - 1)
    )
    bar = page.get(reverse("pending")).content.decode().partition("</header>")[0]
    assert shown in bar
    assert "sin leer" in bar


def test_with_everything_read_the_bell_has_no_number(page):
    bar = page.get(reverse("pending")).content.decode().partition("</header>")[0]
    assert "badge" not in bar


def test_the_bell_costs_one_statement(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        unread_count(person.pk)
