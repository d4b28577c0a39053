"""Conformity, versions and distribution: one tap, observations, silence, a week, final."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.evidence import storage
from sigpret.apps.mesas.actions.agreeing import add_agreement
from sigpret.apps.mesas.actions.conformity import (
    IncompleteMinutesError,
    UnresolvedObservationError,
    answer_conformity,
    ask_conformity,
    remind_unanswered,
    resolve_observation,
    withdraw_answer,
)
from sigpret.apps.mesas.actions.distribution import CannotDistributeError, distribute
from sigpret.apps.mesas.actions.session import FinalMinutesError, MinutesError, record_attendance
from sigpret.apps.mesas.models import Agreement, Conformity, Sending
from sigpret.apps.mesas.models.meeting import Meeting
from sigpret.apps.mesas.queries.conformity import conformity_page
from sigpret.apps.mesas.queries.meeting import meeting_page
from sigpret.apps.mesas.queries.minutes_versions import versions_of
from tests.factories.institutions import make_user
from tests.factories.mesas import AT, add_item, make_meeting
from tests.factories.minutes import (
    agree,
    agreed_on,
    ask,
    call,
    conform,
    make_distributed,
    make_scene,
    start,
    write,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=8)


def observe(scene, person, text="Falta el inventario."):
    version = scene.fresh().text_version
    return answer_conformity(token=person.token, at=AT, version_number=version, observation=text)


def test_asking_ends_the_session_fixes_the_text_and_writes_to_who_was_there():
    scene = make_scene()
    start(scene)
    write(scene)
    agree(scene)
    record_attendance(**scene.who, participant_id=scene.people[2].pk, attendance="absent")
    ask(scene)
    meeting = scene.meeting
    assert (meeting.state, meeting.text_version) == ("conformity", 1)
    assert meeting.finished_at is not None
    told = Sending.objects.filter(kind="conformity").values_list("participant_id", flat=True)
    assert set(told) == {person.pk for person in scene.people[:2]}


def test_the_minutes_contain_everything_the_guidelines_ask():
    """«No. de Acta de Acuerdos, Fecha y Hora, Lugar, Lista de Participantes, Agenda de trabajo,
    acuerdos alcanzados con sus respectivos resultados relevantes, seguimiento de los acuerdos,
    entre otros»"""
    version = ask(make_scene()).meeting.versions.get()
    content = version.content
    assert content["code"] == "01-2026"
    assert content["started_at"].startswith("2026-10-10T09:00")
    assert content["place"]
    assert len(content["participants"]) == 3
    assert content["agenda"][0]["agreements"][0]["expected_result"]
    assert content["follow_up"] == []


def test_minutes_never_carry_a_telephone_or_an_address():
    scene = ask(make_scene())
    assert "@demo.hn" not in str(scene.meeting.versions.get().content)


def test_what_is_missing_is_said_before_anybody_is_asked():
    scene = start(make_scene())
    add_item(scene.meeting, "Otro tema")
    agree(scene, expected_result="")
    with pytest.raises(IncompleteMinutesError) as refused:
        ask_conformity(**scene.who, at=AT)
    assert len(refused.value.sentences) == 2
    assert scene.fresh().state == "in_session"


def test_only_the_coordination_asks_and_distributes():
    """«El levantamiento de estas será responsabilidad del Coordinador a nivel técnico-operativo de
    la MS-GER con la colaboración del equipo de apoyo»"""
    scene = ask(make_scene())
    outsider = {**scene.who, "standing": scene.standing_of(make_user())}
    for attempt in (ask_conformity, distribute):
        with pytest.raises(PermissionDenied):
            attempt(**outsider, at=AT)


def test_asking_again_for_the_same_text_asks_nobody_twice():
    scene = ask(make_scene())
    again = ask_conformity(**scene.who, at=AT)
    assert (again.is_new, again.version.number) == (False, 1)
    assert Sending.objects.count() == 3


def test_one_tap_is_a_signature_and_twice_is_once():
    scene = ask(make_scene())
    conform(scene, scene.people[0])
    conform(scene, scene.people[0])
    said = Conformity.objects.get()
    assert (said.answer, said.version.number) == ("conforms", 1)


def test_an_answer_may_be_changed_and_taken_back_until_the_minutes_go_out():
    scene = ask(make_scene())
    person = scene.people[0]
    conform(scene, person)
    assert observe(scene, person).answer == "observes"
    withdraw_answer(token=person.token, version_number=1)
    assert not Conformity.objects.exists()


def test_whoever_was_absent_is_not_asked():
    scene = make_scene()
    start(scene)
    record_attendance(**scene.who, participant_id=scene.people[0].pk, attendance="absent")
    write(scene)
    ask_conformity(**scene.who, at=AT)
    with pytest.raises(MinutesError, match="no espera su respuesta"):
        conform(scene, scene.people[0])


def test_an_observation_becomes_another_version_and_everybody_is_asked_again():
    scene = ask(make_scene())
    conform(scene, *scene.people[:2])
    seen = observe(scene, scene.people[2])
    with pytest.raises(UnresolvedObservationError):
        ask_conformity(**scene.who, at=AT)
    add_agreement(
        **scene.who,
        item_id=scene.item.pk,
        agreed=agreed_on(scene, text="Publicar el inventario"),
        at=AT,
        observation_id=seen.pk,
    )
    asked = ask_conformity(**scene.who, at=AT)
    assert (asked.version.number, asked.people) == (2, 3)
    assert asked.version.reason == "Acuerdo 1.2: se agregó"
    seen.refresh_from_db()
    assert seen.resolution == "Se agregó el acuerdo 1.2."


def test_whoever_read_the_old_text_does_not_sign_the_new_one():
    scene = ask(make_scene())
    agree(scene, text="Otro")
    ask_conformity(**scene.who, at=AT)
    with pytest.raises(MinutesError, match="Lea la versión 2"):
        answer_conformity(token=scene.people[0].token, at=AT, version_number=1)


def test_with_everybodys_conformity_the_minutes_go_out_and_are_final():
    scene = make_distributed()
    meeting, agreement = scene.meeting, Agreement.objects.get()
    assert meeting.state == "distributed"
    assert agreement.is_final
    assert meeting.document_digest == meeting.versions.get().digest
    assert storage.read(meeting.document.sha256).startswith(b"%PDF")
    assert Sending.objects.filter(kind="minutes").count() == 3


def test_distributing_twice_has_one_effect():
    scene = make_distributed()
    again = distribute(**scene.who, at=LATER)
    assert again.told == 0
    assert again.meeting.distributed_at == AT


def test_the_minutes_wait_while_somebody_still_has_time_to_answer():
    scene = ask(make_scene())
    conform(scene, scene.people[0])
    with pytest.raises(CannotDistributeError, match="aún tienen tiempo"):
        distribute(**scene.who, at=AT)


def test_who_does_not_answer_in_time_is_written_down_as_silent():
    scene = ask(make_scene())
    conform(scene, scene.people[0])
    distribute(**scene.who, at=AT + timedelta(days=6))
    assert Conformity.objects.filter(is_silent=True).count() == 2


def test_an_observation_nobody_answered_holds_the_minutes_up():
    scene = ask(make_scene())
    seen = observe(scene, scene.people[0])
    conform(scene, *scene.people[1:])
    with pytest.raises(CannotDistributeError, match="observaciones sin atender"):
        distribute(**scene.who, at=AT)
    resolve_observation(
        **scene.who, observation_id=seen.pk, resolution="Ya está en el tema 1.", at=AT
    )
    assert distribute(**scene.who, at=AT).meeting.state == "distributed"


def test_a_text_that_changed_is_not_distributed_before_people_read_it():
    scene = ask(make_scene())
    conform(scene)
    agree(scene, text="A última hora")
    with pytest.raises(CannotDistributeError, match="envíe la nueva versión"):
        distribute(**scene.who, at=AT)


def test_after_the_week_the_reason_is_written_and_stays():
    """«se deberán distribuir entre todos los participantes de la MESGEPRET en un plazo máximo de
    una semana después de finalizada la sesión»"""
    scene = ask(make_scene())
    conform(scene)
    with pytest.raises(CannotDistributeError, match="escriba el motivo"):
        distribute(**scene.who, at=LATER)
    done = distribute(**scene.who, at=LATER, late_reason="Hubo un paro de labores.")
    assert done.meeting.late_reason == "Hubo un paro de labores."


def test_nobody_answers_after_the_minutes_went_out():
    scene = make_distributed()
    with pytest.raises(FinalMinutesError):
        conform(scene, scene.people[0])


def test_distributed_minutes_are_never_rewritten_whoever_asks_the_database():
    scene = make_distributed()
    for change in ({"opening_notes": "Otra"}, {"minutes_number": 9}, {"state": "draft"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.filter(pk=scene.meeting.pk).update(**change)


def test_a_later_agreement_supersedes_a_final_one():
    scene = make_distributed()
    old = Agreement.objects.get()
    later = make_scene_after(scene)
    agree(later, text="En su lugar", supersedes_id=old.pk)
    ask_conformity(**later.who, at=LATER)
    conform(later, at=LATER)
    distribute(**later.who, at=LATER)
    old.refresh_from_db()
    assert (old.state, old.text) == ("without_effect", "Solicitar la compra de emergencia")
    assert old.steps.get().kind == "superseded"


def make_scene_after(scene):
    """Another session of the same mesa, already begun and written."""
    meeting = make_meeting(scene.mesa, starts_at=LATER)
    add_item(meeting)
    people = [call(meeting, place) for place in scene.institutions]
    later = replace(scene, meeting=meeting, people=people)
    start(later, at=LATER)
    write(later)
    return later


def test_whoever_has_not_answered_is_reminded_once_a_day():
    scene = ask(make_scene())
    conform(scene, scene.people[0])
    assert remind_unanswered(**scene.who, at=AT) == 2
    assert remind_unanswered(**scene.who, at=AT) == 0
    assert remind_unanswered(**scene.who, at=AT + timedelta(days=1)) == 2


def test_silence_is_never_shown_as_consent_somebody_gave(client):
    scene = ask(make_scene())
    conform(scene, scene.people[0])
    distribute(**scene.who, at=AT + timedelta(days=6))
    own = conformity_page(str(scene.people[1].conformity_key))
    assert (own.is_silent, own.answer, own.conforming, own.asked) == (True, "", 1, 3)
    said = client.get(f"/c/{scene.people[1].conformity_key}").content.decode()
    assert "Usted no respondió hasta el" in said
    assert "Su conformidad quedó registrada" not in said
    page = meeting_page(scene.mesa.pk, 1, standing=scene.standing, now=AT)
    assert (page.conforming, page.silent) == (1, 2)
    (version,) = versions_of(scene.meeting)
    assert (version.conforming, version.silent) == (1, 2)


def test_minutes_are_reserved_with_their_legal_ground_when_they_go_out(client):
    scene = ask(make_scene())
    conform(scene)
    with pytest.raises(MinutesError, match="fundamento legal"):
        distribute(**scene.who, at=AT, is_reserved=True, legal_ground=" ")
    ground = "Artículo 17, numeral 3, de la LTAIP"
    distribute(**scene.who, at=AT, is_reserved=True, legal_ground=ground)
    meeting = scene.fresh()
    assert (meeting.state, meeting.is_reserved) == ("distributed", True)
    said = client.get(f"/mesas/{scene.mesa.sector.slug}/actas/1-2026").content.decode()
    assert ground in said
    assert "Solicitar la compra de emergencia" not in said


def test_minutes_go_out_without_a_reservation_nobody_asked_for():
    scene = ask(make_scene())
    conform(scene)
    meeting = distribute(**scene.who, at=AT, legal_ground="Artículo 17").meeting
    assert (meeting.is_reserved, meeting.legal_ground) == (False, "")


def test_who_may_not_open_the_draft_does_not_read_it_in_the_page(client):
    scene = start(make_scene())
    write(scene, "Lo que aún se discute.")
    agree(scene)
    reader = make_user(Role.REGISTRAR, institution=scene.institutions[0])
    client.force_login(reader)
    place = f"/mesas/{scene.mesa.sector.slug}/r/1"
    said = client.get(place).content.decode()
    assert "Lo que aún se discute." not in said
    assert "Solicitar la compra de emergencia" not in said
    assert client.get(f"{place}/ayuda-memoria.pdf").status_code == 403
    ask_conformity(**scene.who, at=AT)
    observe(scene, scene.people[0], "Todavía lo dudo.")
    said = client.get(place).content.decode()
    assert "Lo que aún se discute." in said
    assert "Todavía lo dudo." not in said
    agree(scene, text="Lo que nadie ha leído")
    assert "Lo que nadie ha leído" not in client.get(place).content.decode()


def test_whoever_was_announced_and_did_not_come_is_not_in_the_minutes():
    scene = make_scene()
    sent = scene.people[0]
    sent.answer, sent.substitute_name = "none", "Rosa Pineda"
    sent.save()
    ask(scene)
    assert "Rosa Pineda" not in str(scene.meeting.versions.get().content)
