"""Who is told what about minutes, and what stands in `Mis pendientes`."""

from datetime import timedelta

import pytest

from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.conformity import answer_conformity
from sigpret.apps.mesas.actions.minutes_notices import send_minutes_reminders
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.pending_minutes import minutes_tasks
from sigpret.apps.notices.models import Notice
from sigpret.web.dates import deadline_words
from tests.factories.institutions import make_user
from tests.factories.mesas import AT, designate
from tests.factories.minutes import ask, conform, make_distributed, make_scene

pytestmark = pytest.mark.django_db


def tasks(person, at=AT):
    return [str(task.title) for task in minutes_tasks(access_of(person, on=at.date()), at)]


def with_account(scene, number=0):
    person = make_user()
    scene.people[number].person = person
    scene.people[number].save()
    return person


def told(person):
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_whoever_was_there_has_their_conformity_to_give_until_they_do():
    scene = make_scene()
    person = with_account(scene)
    ask(scene)
    assert tasks(person) == ["Dar conformidad con la ayuda memoria 01-2026"]
    assert told(person) == ["minutes_asked"]
    conform(scene, scene.people[0])
    assert tasks(person) == []


def test_the_coordination_has_the_minutes_to_send_out_until_it_does():
    scene = ask(make_scene())
    assert tasks(scene.coordinator) == ["Distribuir la ayuda memoria 01-2026"]
    make_distributed(scene)
    assert tasks(scene.coordinator) == []


def test_an_observation_is_told_to_who_must_answer_it_and_its_words_stay_inside():
    scene = ask(make_scene())
    answer_conformity(
        token=scene.people[0].token, at=AT, version_number=1, observation="Falta el inventario"
    )
    notice = Notice.objects.get(recipient=scene.coordinator, kind="minutes_observed")
    assert notice.detail == "Falta el inventario"
    assert "inventario" not in notice.body


def test_the_minutes_are_announced_to_everybody_with_an_account():
    scene = make_scene()
    person = with_account(scene)
    make_distributed(scene)
    assert told(person) == ["minutes_out", "minutes_asked"]


def test_the_coordination_and_its_support_are_reminded_on_days_3_5_and_6_once_each():
    scene = ask(make_scene())
    support = make_user()
    designate(scene.mesa, support, Designation.Duty.SUPPORT)
    counted = []
    for days in range(9):
        moment = AT + timedelta(days=days, hours=1)
        counted.append(send_minutes_reminders(at=moment))
        assert send_minutes_reminders(at=moment) == 0
    assert counted == [0, 0, 0, 2, 0, 2, 2, 0, 0]


def test_the_reminder_gives_the_last_day_to_distribute_and_not_the_one_to_answer():
    scene = ask(make_scene())
    send_minutes_reminders(at=AT + timedelta(days=3, hours=1))
    notice = Notice.objects.get(recipient=scene.coordinator, kind="minutes_due")
    assert scene.meeting.conformity_due_on < scene.meeting.minutes_due_on
    assert f"a más tardar el {deadline_words(scene.meeting.minutes_due_on)}" in notice.title


def test_minutes_that_went_out_remind_nobody():
    make_distributed()
    assert send_minutes_reminders(at=AT + timedelta(days=6)) == 0
