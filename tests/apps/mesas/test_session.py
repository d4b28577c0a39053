"""A session: its number, who was there, when it ended; and who may say so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.mesas.actions.agreeing import add_agreement
from sigpret.apps.mesas.actions.session import (
    Attendee,
    MinutesError,
    add_attendee,
    finish_session,
    record_attendance,
    start_session,
)
from sigpret.apps.mesas.models import Agreement, Participant
from tests.factories.institutions import make_user
from tests.factories.mesas import AT, add_item, make_meeting
from tests.factories.minutes import agreed_on, ask, call, make_distributed, make_scene, start

pytestmark = pytest.mark.django_db


def test_starting_takes_the_next_number_of_the_year_without_gaps():
    scene = make_scene()
    make_meeting(scene.mesa, state="cancelled", cancel_reason="Feriado", starts_at=AT)
    numbers = []
    for days in (0, 7, 14):
        moment = AT + timedelta(days=days)
        meeting = scene.meeting if not days else make_meeting(scene.mesa, starts_at=moment)
        who = {**scene.who, "meeting_id": meeting.pk}
        numbers.append(start_session(**who, at=moment).minutes_number)
    assert numbers == [1, 2, 3]


def test_the_number_starts_again_with_the_year_at_tegucigalpa():
    # At 11:30 p. m. of 31 December at Tegucigalpa it is already the next year in UTC.
    eve = datetime(2027, 1, 1, 5, 30, tzinfo=UTC)
    meeting = start(make_scene(starts_at=eve), at=eve).meeting
    assert (meeting.minutes_year, meeting.minutes_number) == (2026, 1)


def test_starting_twice_has_one_effect():
    scene = start(make_scene())
    again = start_session(**scene.who, at=AT + timedelta(minutes=5))
    assert again.minutes_number == 1
    assert again.started_at == AT
    assert AuditEvent.objects.filter(action="meeting.started").count() == 1


@pytest.mark.parametrize(
    ("state", "fields", "sentence"),
    [
        ("prepared", {"number": None}, "no está convocada"),
        ("cancelled", {"cancel_reason": "Feriado"}, "cancelada"),
    ],
)
def test_only_a_convened_meeting_starts(state, fields, sentence):
    scene = make_scene(state=state, **fields)
    with pytest.raises(MinutesError, match=sentence):
        start(scene)


def test_a_session_is_not_started_days_before():
    scene = make_scene()
    with pytest.raises(MinutesError, match="Iníciela ese día, o reprográmela"):
        start(scene, at=AT - timedelta(days=2))


def test_whoever_only_belongs_to_the_mesa_does_not_start_its_session():
    scene = make_scene()
    with pytest.raises(PermissionDenied):
        start_session(
            actor=make_user(),
            standing=scene.standing_of(make_user()),
            meeting_id=scene.meeting.pk,
            at=AT,
        )


def test_everybody_starts_present_except_who_excused_themselves():
    scene = make_scene()
    answers = (("none", ""), ("will_not", ""), ("sends_other", "Ana Paz"))
    for person, (answer, substitute) in zip(scene.people, answers, strict=True):
        person.answer, person.substitute_name = answer, substitute
        person.save()
    start(scene)
    found = [person.attendance for person in scene.meeting.participants.order_by("pk")]
    assert found == ["present", "absent", "substituted"]


def test_an_absence_is_marked_and_a_substitute_has_a_name():
    scene = start(make_scene())
    mark = {**scene.who, "participant_id": scene.people[0].pk}
    assert record_attendance(**mark, attendance="absent").attendance == "absent"
    with pytest.raises(MinutesError, match="quién asistió en su lugar"):
        record_attendance(**mark, attendance="substituted")
    came = record_attendance(**mark, attendance="substituted", substitute_name="Ana Paz")
    assert came.substitute_name == "Ana Paz"


def test_whoever_came_without_being_called_is_written_down_once():
    scene = start(make_scene())
    guest = Attendee("Norma Discua", "Consultora", None, "OPS")
    for _click in range(2):
        add_attendee(**scene.who, attendee=guest)
    found = Participant.objects.get(full_name="Norma Discua")
    assert (found.standing, found.attendance) == ("guest", "present")


def test_the_quorum_counts_institutions_of_the_mesa_and_not_people():
    scene = make_scene(people=4)
    call(scene.meeting, scene.institutions[0])
    call(scene.meeting, None, standing="guest")
    start(scene)
    for person in scene.people[2:]:
        record_attendance(**scene.who, participant_id=person.pk, attendance="absent")
    meeting = finish_session(**scene.who, at=AT + timedelta(hours=1))
    assert (meeting.quorum_needed, meeting.quorum_present) == (3, 2)


def test_the_week_counts_from_the_day_a_session_that_crossed_midnight_ended():
    nine_pm = datetime(2026, 10, 21, 3, 0, tzinfo=UTC)
    scene = start(make_scene(starts_at=nine_pm), at=nine_pm)
    meeting = finish_session(**scene.who, at=nine_pm + timedelta(hours=3, minutes=40))
    assert meeting.minutes_due_on == date(2026, 10, 28)
    assert meeting.state == "draft"


def test_what_was_pending_is_kept_as_it_was_when_the_session_began():
    """«seguimiento de los acuerdos»"""
    past = make_distributed()
    meeting = make_meeting(past.mesa, starts_at=AT + timedelta(days=20))
    add_item(meeting)
    start_session(**{**past.who, "meeting_id": meeting.pk}, at=AT + timedelta(days=20))
    Agreement.objects.update(state="in_progress")
    meeting.refresh_from_db()
    assert [(row["number"], row["state"]) for row in meeting.follow_up] == [("1.1", "pending")]


def test_an_observation_of_other_minutes_is_refused_in_words():
    scene = ask(make_scene())
    with pytest.raises(MinutesError, match="no es de esta ayuda memoria"):
        add_agreement(
            **scene.who, item_id=scene.item.pk, agreed=agreed_on(scene), at=AT, observation_id=999
        )
    assert scene.meeting.agreements.count() == 1, "the agreement was not left behind"
