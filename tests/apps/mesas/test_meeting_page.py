"""What the page of a meeting knows, in each state, with few statements."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from sigpret.apps.mesas.actions.conformity import answer_conformity
from sigpret.apps.mesas.models import Agreement
from sigpret.apps.mesas.queries.meeting import meeting_page
from sigpret.apps.reference import queries
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.minutes import Obstacle
from sigpret.methodology.policy import PolicyBook
from tests.factories.mesas import AT, make_meeting
from tests.factories.minutes import (
    agree,
    ask,
    conform,
    make_distributed,
    make_scene,
    start,
    write,
)

pytestmark = pytest.mark.django_db


def page_of(scene, *, at=AT):
    meeting = scene.fresh()
    return meeting_page(scene.mesa.pk, meeting.number, standing=scene.standing, now=at)


def test_a_number_nobody_took_is_no_meeting():
    scene = make_scene()
    assert meeting_page(scene.mesa.pk, 99, standing=scene.standing, now=AT) is None


def test_a_convened_meeting_may_be_started_on_its_hour():
    scene = make_scene()
    early = page_of(scene, at=AT - timedelta(days=1))
    assert (early.can_start, early.may_start_now) == (True, False)
    assert page_of(scene).may_start_now


def test_a_session_shows_its_topics_agreements_and_quorum():
    scene = start(make_scene())
    write(scene)
    agree(scene)
    page = page_of(scene)
    assert page.can_write
    assert page.can_ask
    assert [row.number for row in page.topics[0].agreements] == ["1.1"]
    assert (page.institutions_present, page.has_quorum) == (3, True)


def test_conformity_says_who_answered_what_and_what_holds_it_up():
    scene = ask(make_scene())
    conform(scene, scene.people[0])
    answer_conformity(
        token=scene.people[1].token, at=AT, version_number=1, observation="Falta algo"
    )
    page = page_of(scene)
    assert (page.conforming, len(page.observations), len(page.pending)) == (1, 1, 1)
    assert page.held_up_by == (Obstacle.OBSERVED, Obstacle.UNANSWERED)
    assert not page.can_ask


def test_a_text_that_changed_is_offered_as_another_version():
    scene = ask(make_scene())
    agree(scene, text="Otro")
    page = page_of(scene)
    assert page.text.has_changed
    assert page.can_ask


def test_after_the_week_the_page_says_it_is_late():
    scene = ask(make_scene())
    assert not page_of(scene, at=AT + timedelta(days=7)).is_late
    assert page_of(scene, at=AT + timedelta(days=8)).is_late


@pytest.mark.parametrize(
    ("is_consent", "words"),
    [(True, "no impide distribuir"), (False, "No se distribuye mientras falte una respuesta")],
)
def test_what_silence_means_is_what_the_policy_says(
    client, settings, monkeypatch, is_consent, words
):
    settings.DEMO_NOW, settings.DEMO_STARTED = AT, None
    rules = replace(policy_on(AT.date()), silence_is_consent=is_consent)
    monkeypatch.setattr(queries, "policy_book", lambda: PolicyBook((rules,)))
    scene = ask(make_scene())
    client.force_login(scene.coordinator, "django.contrib.auth.backends.ModelBackend")
    address = reverse("mesas:meeting", args=[scene.mesa.sector.slug, scene.meeting.number])
    assert words in client.get(address).content.decode()


def test_the_other_agreements_of_the_mesa_are_counted():
    scene = make_distributed()
    other = make_meeting(scene.mesa, starts_at=AT + timedelta(days=90))
    page = meeting_page(
        scene.mesa.pk, other.number, standing=scene.standing, now=AT + timedelta(days=90)
    )
    assert (page.before.fulfilled, page.before.on_time, page.before.overdue) == (0, 0, 1)


def test_the_whole_meeting_is_read_in_four_statements(django_assert_num_queries):
    scene = ask(make_scene(people=5))
    standing = scene.standing
    with django_assert_num_queries(4):
        page = meeting_page(scene.mesa.pk, scene.meeting.number, standing=standing, now=AT)
        assert page.topics[0].agreements
        assert page.people


def test_what_other_meetings_agreed_is_recalled_the_most_late_first():
    scene = make_distributed()
    first = Agreement.objects.get()
    Agreement.objects.update(due_on=AT.date() - timedelta(days=8))
    later = make_meeting(scene.mesa)
    page = meeting_page(scene.mesa.pk, later.number, standing=scene.standing, now=AT)
    (recalled,) = page.before.pressing
    assert (recalled.meeting, recalled.number, recalled.days) == (1, first.number, 8)
    assert (page.before.overdue, page.before.on_time) == (1, 0)
    Agreement.objects.update(state="fulfilled", fulfilled_on=AT.date(), result="Hecho")
    page = meeting_page(scene.mesa.pk, later.number, standing=scene.standing, now=AT)
    assert (page.before.pressing, page.before.fulfilled) == ((), 1)
