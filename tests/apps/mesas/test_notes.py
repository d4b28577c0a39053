"""Notes of several scribes and agreements: joined, numbered, never lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.mesas.actions.agreeing import (
    DueBeforeSessionError,
    StaleAgreementError,
    add_agreement,
    change_agreement,
    drop_agreement,
)
from sigpret.apps.mesas.actions.notes import NotesConflictError, add_item, save_notes
from sigpret.apps.mesas.actions.session import FinalMinutesError, MinutesError
from sigpret.apps.mesas.models import Agreement, Designation
from tests.factories.institutions import make_user
from tests.factories.mesas import AT, designate
from tests.factories.minutes import agree, agreed_on, make_distributed, make_scene, start, write

pytestmark = pytest.mark.django_db


def told(scene, text, base, field=None):
    field = field or str(scene.item.pk)
    return save_notes(**scene.who, field=field, text=text, base=base, at=AT)


def test_two_scribes_who_write_at_once_lose_nothing():
    scene = start(make_scene())
    told(scene, "Se abrió.", "")
    told(scene, "Se abrió.\nEscribió Ana.", "Se abrió.")
    saved = told(scene, "Se abrió.\nEscribió Óscar.", "Se abrió.")
    assert saved.is_joined
    assert scene.item.notes == "Se abrió.\nEscribió Ana.\nEscribió Óscar."


def test_the_same_words_changed_twice_are_shown_with_both_texts():
    scene = start(make_scene())
    told(scene, "Bajó a 61 %.", "")
    told(scene, "Bajó a 60 %.", "Bajó a 61 %.")
    with pytest.raises(NotesConflictError) as conflict:
        told(scene, "Bajó a 59 %.", "Bajó a 61 %.")
    assert (conflict.value.theirs, conflict.value.mine) == ("Bajó a 60 %.", "Bajó a 59 %.")
    assert scene.item.notes == "Bajó a 60 %."
    # Having read both, the person decides: what they keep is typed over what is stored.
    told(scene, "Bajó a 59 %.", "Bajó a 60 %.")
    assert scene.item.notes == "Bajó a 59 %."


def test_what_was_typed_without_connection_may_be_sent_as_often_as_it_takes():
    scene = start(make_scene())
    for _retry in range(3):
        told(scene, "Sin señal en la sala.", "")
    assert scene.item.notes == "Sin señal en la sala."
    assert AuditEvent.objects.filter(action="meeting.notes_written").count() == 1


def test_the_text_that_was_replaced_stays_in_the_history():
    scene = start(make_scene())
    told(scene, "Primero", "")
    told(scene, "Segundo", "Primero")
    event = AuditEvent.objects.filter(action="meeting.notes_written").latest("id")
    assert "Primero" in event.payload


def test_the_support_team_writes_and_a_member_does_not():
    scene = start(make_scene())
    support = make_user()
    designate(scene.mesa, support, Designation.Duty.SUPPORT)
    who = {**scene.who, "actor": support, "standing": scene.standing_of(support)}
    save_notes(**who, field="opening", text="Buenos días.", base="", at=AT)
    assert scene.fresh().opening_notes == "Buenos días."


def test_an_unplanned_topic_goes_to_the_end_and_is_added_once():
    scene, key = start(make_scene()), uuid4()
    first = add_item(**scene.who, title="Dengue", at=AT, key=key)
    again = add_item(**scene.who, title="Dengue", at=AT, key=key)
    assert (first.pk, first.position, first.is_unplanned) == (again.pk, 2, True)


def test_agreements_are_numbered_in_the_order_they_are_taken():
    scene = start(make_scene())
    assert [agree(scene, text=text).number for text in ("a", "b", "c")] == [1, 2, 3]


def test_an_agreement_sent_twice_is_one():
    scene, key = start(make_scene()), uuid4()
    asked = {"item_id": scene.item.pk, "agreed": agreed_on(scene), "at": AT, "key": key}
    assert add_agreement(**scene.who, **asked).pk == add_agreement(**scene.who, **asked).pk
    assert scene.meeting.agreements.count() == 1


def test_an_agreement_due_before_the_session_is_refused_with_a_sentence():
    scene = start(make_scene())
    before = (AT - timedelta(days=1)).date()
    with pytest.raises(DueBeforeSessionError, match="vencería antes de la sesión del 10 de oct"):
        agree(scene, due_on=before)


def test_dropping_an_agreement_leaves_no_gap():
    scene = start(make_scene())
    made = [agree(scene, text=text) for text in ("a", "b", "c", "d")]
    for _click in range(2):
        drop_agreement(**scene.who, agreement_id=made[1].pk)
    left = Agreement.objects.order_by("number").values_list("number", "text")
    assert list(left) == [(1, "a"), (2, "c"), (3, "d")]


def test_an_agreement_somebody_changed_meanwhile_is_shown_before_it_is_written_over():
    scene = start(make_scene())
    row = agree(scene)
    change = {**scene.who, "agreement_id": row.pk, "expected_version": 1}
    change_agreement(**change, agreed=agreed_on(scene, text="De Ana"))
    with pytest.raises(StaleAgreementError, match="Otra persona cambió el acuerdo"):
        change_agreement(**change, agreed=agreed_on(scene, text="De Óscar"))
    # Her own change again is nothing: its answer was lost on the way.
    change_agreement(**change, agreed=agreed_on(scene, text="De Ana"))


def test_correcting_an_agreement_touches_nothing_of_its_follow_up():
    scene = start(make_scene())
    row = agree(scene)
    later = row.due_on + timedelta(days=10)
    Agreement.objects.update(due_on=later)
    change = {**scene.who, "agreement_id": row.pk, "expected_version": 1}
    with CaptureQueriesContext(connection) as made:
        change_agreement(**change, agreed=agreed_on(scene, text="De Ana"))
    written = [one["sql"] for one in made if one["sql"].startswith('UPDATE "mesas_agreement"')]
    assert len(written) == 1
    assert '"state"' not in written[0]
    row.refresh_from_db()
    assert (row.text, row.due_on) == ("De Ana", later)


def test_only_a_final_agreement_of_the_same_mesa_is_superseded():
    past = make_distributed()
    scene = start(make_scene())
    with pytest.raises(MinutesError, match="definitivo de esta mesa"):
        agree(scene, supersedes_id=past.meeting.agreements.get().pk)


def test_nothing_is_written_in_distributed_minutes():
    scene = make_distributed()
    for attempt in (lambda: write(scene, "Otra cosa"), lambda: agree(scene)):
        with pytest.raises(FinalMinutesError, match="definitiva"):
            attempt()


def test_nothing_is_written_before_the_session():
    with pytest.raises(MinutesError, match="no ha iniciado"):
        write(make_scene())
