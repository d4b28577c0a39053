"""Two people at once, each on a real connection: a number each, and no text is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sigpret.apps.mesas.actions.notes import save_notes
from sigpret.apps.mesas.actions.session import start_session
from tests.factories.mesas import AT, add_item, make_meeting
from tests.factories.minutes import agree, make_scene, start

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run each on a connection of its own, beginning together."""
    together = Barrier(len(calls))

    def run(call):
        together.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_sessions_that_start_at_once_take_two_numbers_without_a_gap():
    scene = make_scene()
    meetings = [scene.meeting]
    for _number in range(3):
        meetings.append(make_meeting(scene.mesa, starts_at=AT))
        add_item(meetings[-1])
    who = {"actor": scene.coordinator, "standing": scene.standing, "at": AT}
    started = at_once(*(lambda pk=one.pk: start_session(**who, meeting_id=pk) for one in meetings))
    assert sorted(one.minutes_number for one in started) == [1, 2, 3, 4]


def test_agreements_taken_at_once_have_different_numbers():
    scene = start(make_scene())
    taken = at_once(*(lambda text=text: agree(scene, text=text) for text in "abcd"))
    assert sorted(row.number for row in taken) == [1, 2, 3, 4]


def test_two_scribes_at_once_keep_both_texts():
    scene = start(make_scene())
    who = {**scene.who, "field": str(scene.item.pk), "base": "", "at": AT}
    at_once(*(lambda text=text: save_notes(**who, text=text) for text in ("De Ana", "De Óscar")))
    assert sorted(scene.item.notes.splitlines()) == ["De Ana", "De Óscar"]
