"""The screen of a meeting as the coordinator, a scribe and a member use it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.models import Agreement, Conformity, Designation
from sigpret.apps.mesas.queries.minutes_paper import paper_of
from tests.factories.agreements import make_agreement, make_held_meeting
from tests.factories.institutions import make_user
from tests.factories.mesas import AT, accredit, designate, make_mesa
from tests.factories.minutes import agree, ask, conform, make_distributed, make_scene, start, write

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def today(settings):
    settings.DEMO_NOW = AT


def enter(client, scene, person=None):
    """Somebody of the demonstration, who is asked for no further proof of who they are."""
    who = person or scene.coordinator
    who.set_unusable_password()
    who.save()
    client.force_login(who, BACKEND)
    return client


def url(scene, name="meeting", *more):
    place = [scene.mesa.sector.slug, scene.meeting.number, *more]
    return reverse(f"mesas:{name}", args=place)


def page(client, scene):
    answer = client.get(url(scene))
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_state_of_a_meeting_has_its_screen(client):
    scene = make_scene()
    enter(client, scene)
    assert "Iniciar sesión" in page(client, scene)
    start(scene)
    assert "marque sólo las ausencias" in page(client, scene)
    ask(write_and_agree(scene))
    assert "Borrador" not in page(client, scene)
    conform(scene)
    client.post(url(scene, "distribute"))
    final = page(client, scene)
    assert "Huella" in final
    assert "Agregar acuerdo" not in final


def write_and_agree(scene):
    write(scene)
    agree(scene)
    return scene


def test_a_cancelled_meeting_says_why(client):
    scene = make_scene(state="cancelled", cancel_reason="Feriado bancario", cancelled_at=AT)
    assert "Feriado bancario" in page(enter(client, scene), scene)


def test_from_start_to_distribution_by_posting_what_the_buttons_post(client):
    scene = make_scene()
    responsible = make_user()
    scene.people[0].person = responsible
    scene.people[0].save()
    enter(client, scene)
    client.post(url(scene, "start_session"))
    topic = scene.item.pk
    client.post(url(scene, "meeting_notes"), {"field": topic, "text": "Se revisó.", "base": ""})
    told = {
        "text": "Comprar los 38 renglones",
        "responsible": f"{scene.people[0].full_name} · {scene.institutions[0].name}",
        "due_on": "2026-10-23",
        "expected_result": "38 renglones",
    }
    client.post(url(scene, "add_agreement", topic), told)
    client.post(url(scene, "ask_conformity"))
    for person in scene.people:
        client.post(f"/c/{person.conformity_key}", {"answer": "conforms", "version": "1"})
    client.post(url(scene, "distribute"))
    assert scene.fresh().state == "distributed"
    agreed = Agreement.objects.get()
    assert (agreed.institution, agreed.responsible_person) == (scene.institutions[0], responsible)


def test_a_fragment_of_a_text_has_only_the_text(client):
    scene = start(make_scene())
    enter(client, scene)
    asked = {"field": scene.item.pk, "text": "Se abrió.", "base": ""}
    answer = client.post(url(scene, "meeting_notes"), asked, headers=FRAGMENT)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_two_scribes_on_the_same_words_see_both_texts(client):
    scene = start(make_scene())
    enter(client, scene)
    for text in ("Bajó a 61 %", "Bajó a 60 %"):
        asked = {"field": scene.item.pk, "text": text, "base": ""}
        client.post(url(scene, "meeting_notes"), asked | {"base": scene.item.notes})
    stale = {"field": scene.item.pk, "text": "Bajó a 59 %", "base": "Bajó a 61 %"}
    answer = client.post(url(scene, "meeting_notes"), stale, headers=FRAGMENT)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Bajó a 60 %" in said
    assert "Bajó a 59 %" in said
    whole = client.post(url(scene, "meeting_notes"), stale)
    assert whole.status_code == 409


def test_what_comes_after_the_minutes_went_out_is_refused_and_kept_in_sight(client):
    scene = make_distributed()
    enter(client, scene)
    late = {"field": scene.item.pk, "text": "Llegó tarde", "base": ""}
    answer = client.post(url(scene, "meeting_notes"), late, headers=FRAGMENT)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "definitiva" in said
    assert "Llegó tarde" in said


def test_an_agreement_sent_again_after_a_lost_answer_is_one(client):
    scene = start(make_scene())
    enter(client, scene)
    told = {
        "text": "Comprar",
        "responsible": "Dirección de Redes",
        "institution": scene.institutions[0].pk,
        "due_on": "2026-10-23",
    }
    headers = {**FRAGMENT, "Idempotency-Key": str(uuid4())}
    for _retry in range(2):
        answer = client.post(url(scene, "add_agreement", scene.item.pk), told, headers=headers)
        assert answer.status_code == 200
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_on": "2026-10-09"}, "vencería antes de la sesión"),
        ({"responsible": "Alguien", "institution": ""}, "Elija la institución"),
        ({"text": ""}, "Acuerdo"),
    ],
)
def test_what_cannot_be_agreed_comes_back_with_its_sentence_and_what_was_typed(
    client, change, sentence
):
    scene = start(make_scene())
    enter(client, scene)
    told = {
        "text": "Comprar los renglones",
        "responsible": scene.people[0].full_name,
        "due_on": "2026-10-23",
        **change,
    }
    answer = client.post(url(scene, "add_agreement", scene.item.pk), told, headers=FRAGMENT)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in said
    assert told["text"] in said


def test_what_was_chosen_of_a_refused_agreement_stays_chosen(client):
    scene = start(make_scene())
    theme = CrossCuttingTheme.objects.create(code="x", name="Género", is_permanent=True, source="x")
    enter(client, scene)
    told = {"text": "", "responsible": scene.people[0].full_name, "theme": theme.pk}
    answer = client.post(url(scene, "add_agreement", scene.item.pk), told, headers=FRAGMENT)
    assert answer.status_code == 422
    assert f'<option value="{theme.pk}" selected>Género</option>' in answer.content.decode()


def test_an_agreement_is_corrected_and_taken_back(client):
    scene = start(make_scene())
    row = agree(scene)
    enter(client, scene)
    place = url(scene, "change_agreement", row.pk)
    assert row.text in client.get(place).content.decode()
    told = {
        "text": "Otro texto",
        "responsible": scene.people[0].full_name,
        "due_on": "2026-10-30",
        "version": "1",
    }
    assert client.post(place, told).status_code == 302
    assert client.post(place, told | {"text": "Tarde"}).status_code == 409
    client.post(url(scene, "drop_agreement", row.pk))
    assert not Agreement.objects.exists()


def test_taking_back_what_is_final_says_only_that_it_is_not_possible(client):
    scene = make_distributed()
    enter(client, scene)
    answer = client.post(url(scene, "drop_agreement", Agreement.objects.get().pk), follow=True)
    assert len(answer.context["messages"]) == 1
    assert "definitiva" in answer.content.decode()
    assert Agreement.objects.exists()


def test_an_agreement_says_which_open_one_it_replaces(client):
    scene = start(make_scene())
    open_one = make_agreement(scene.mesa, meeting=make_held_meeting(scene.mesa, number=40))
    foreign = make_agreement(make_mesa())
    enter(client, scene)
    assert "40.1 Solicitar" in page(client, scene)
    told = {
        "text": "Comprar por otra vía",
        "responsible": scene.people[0].full_name,
        "due_on": "2026-10-30",
        "supersedes": str(foreign.pk),
    }
    place = url(scene, "add_agreement", scene.item.pk)
    assert client.post(place, told, headers=FRAGMENT).status_code == 422
    shown = client.post(place, told | {"supersedes": str(open_one.pk)}, headers=FRAGMENT)
    assert "Sustituye al acuerdo 40.1" in shown.content.decode()
    row = Agreement.objects.get(text=told["text"])
    assert row.supersedes == open_one
    form = client.get(url(scene, "change_agreement", row.pk)).context["form"]
    assert form.initial["supersedes"] == open_one.pk


def test_the_hours_written_up_afterwards_are_corrected_and_recorded(client, settings):
    settings.DEMO_NOW = AT + timedelta(days=1)
    scene = start(make_scene(), at=AT + timedelta(days=1))
    enter(client, scene)
    place = url(scene, "correct_hours")
    told = {"began": "09:20", "ended": "10:50"}
    client.post(place, told)
    assert "Corregir a qué hora" not in page(client, scene)
    client.post(url(scene, "finish_session"))
    due = scene.fresh().minutes_due_on
    for _click in range(2):
        client.post(place, told)
    assert "9:20 a 10:50 a. m." in page(client, scene).replace("\xa0", " ")
    assert scene.fresh().minutes_due_on == due
    assert AuditEvent.objects.filter(action="meeting.hours_corrected").count() == 1
    said = client.post(place, told | {"ended": "08:00"}, follow=True)
    assert "posterior a la inicial" in said.content.decode()
    assert "Escriba a qué hora" in client.post(place, {}, follow=True).content.decode()


def test_a_session_nobody_came_to_goes_out_with_that_fact_and_its_number(client):
    scene = start(make_scene())
    enter(client, scene)
    place = url(scene, "not_held")
    assert "Escriba por qué" in client.post(place, follow=True).content.decode()
    for _click in range(2):
        said = client.post(place, {"reason": "Alerta roja por lluvias"}, follow=True)
    assert "no se realizó: no asistió nadie" in said.content.decode()
    client.post(url(scene, "ask_conformity"))
    client.post(url(scene, "distribute"))
    meeting = scene.fresh()
    assert (meeting.state, meeting.minutes_number, meeting.quorum_present) == ("distributed", 1, 0)
    assert AuditEvent.objects.filter(action="meeting.not_held").count() == 1
    version = meeting.versions.get()
    paper = paper_of(meeting, version, (), is_demo=True)
    assert ("Resultado", "No se realizó: no asistió nadie.") in paper.facts
    public = reverse("portal:one_minutes", args=[scene.mesa.sector.slug, 1, 2026])
    assert "no se reunió: no asistió nadie" in client.get(public).content.decode()


def test_a_session_with_agreements_was_held(client):
    scene = start(make_scene())
    agree(scene)
    enter(client, scene)
    said = client.post(url(scene, "not_held"), {"reason": "Error"}, follow=True)
    assert "tiene acuerdos" in said.content.decode()
    assert scene.fresh().state == "in_session"


def test_final_minutes_keep_their_hours(client):
    scene = make_distributed()
    enter(client, scene)
    said = client.post(
        url(scene, "correct_hours"), {"began": "01:00", "ended": "02:00"}, follow=True
    )
    assert "definitiva" in said.content.decode()


def test_an_absence_a_substitute_and_a_guest(client):
    scene = start(make_scene())
    enter(client, scene)
    one, other = scene.people[:2]
    client.post(url(scene, "attendance"), {"mark": f"{one.pk}:absent"}, headers=FRAGMENT)
    refused = client.post(
        url(scene, "attendance"), {"mark": f"{other.pk}:substituted"}, headers=FRAGMENT
    )
    assert refused.status_code == 422
    client.post(
        url(scene, "attendance"),
        {"mark": f"{other.pk}:substituted", f"substitute-{other.pk}": "Ana Paz"},
    )
    client.post(url(scene, "attendee"), {"name": "Norma Discua", "place": "OPS"})
    said = page(client, scene)
    for words in ("ausente", "Asistió Ana Paz", "Norma Discua"):
        assert words in said


def test_a_member_reads_and_does_not_write(client):
    scene = start(make_scene())
    member = make_user()
    accredit(scene.mesa, scene.institutions[0], person=member)
    enter(client, scene, member)
    assert "Agregar acuerdo" not in page(client, scene)
    asked = {"field": scene.item.pk, "text": "x", "base": ""}
    assert client.post(url(scene, "meeting_notes"), asked).status_code == 403
    # Until somebody is asked, the draft is of who writes it.
    assert client.get(url(scene, "minutes_file")).status_code == 403


def test_the_support_team_writes_and_does_not_ask(client):
    """«un equipo de apoyo a nivel operativo, el cual es responsable de levantar la información
    necesaria, tomar nota de los acuerdos»"""
    scene = start(make_scene())
    support = make_user()
    designate(scene.mesa, support, Designation.Duty.SUPPORT)
    enter(client, scene, support)
    said = page(client, scene)
    assert "Agregar acuerdo" in said
    assert "Pedir conformidad" not in said
    assert client.post(url(scene, "ask_conformity")).status_code == 403


def test_what_is_missing_is_said_in_the_page(client):
    scene = start(make_scene())
    enter(client, scene)
    answer = client.post(url(scene, "ask_conformity"), follow=True)
    assert "escriba lo tratado en cada uno" in answer.content.decode()


def test_the_draft_and_the_final_document(client):
    scene = start(make_scene())
    enter(client, scene)
    draft = client.get(url(scene, "minutes_file"))
    assert draft.content.startswith(b"%PDF")
    word = client.get(url(scene, "minutes_word"))
    assert word.content.startswith(b"PK")
    write_and_agree(scene)
    make_distributed(scene)
    final = client.get(url(scene, "minutes_file"))
    assert len(final.content) == scene.fresh().document.size


def test_every_version_says_what_it_changed(client):
    scene = ask(make_scene())
    agree(scene, text="Publicar el inventario")
    ask(scene)
    enter(client, scene)
    said = client.get(url(scene, "meeting_versions")).content.decode()
    assert "tiene 2 versiones" in said
    assert "Publicar el inventario" in said


def test_conformity_from_the_phone_is_one_tap_without_an_account(client):
    scene = ask(make_scene())
    person = scene.people[0]
    asked = client.get(f"/c/{person.conformity_key}")
    said = asked.content.decode()
    assert "Doy mi conformidad" in said
    assert "A su nombre" in said
    assert asked["Cache-Control"].startswith("max-age=0")
    done = client.post(
        f"/c/{person.conformity_key}", {"answer": "conforms", "version": 1}, follow=True
    )
    assert "Su conformidad quedó registrada" in done.content.decode()
    client.post(f"/c/{person.conformity_key}", {"answer": "undo", "version": 1})
    assert not Conformity.objects.exists()


def test_an_observation_needs_words(client):
    scene = ask(make_scene())
    place = f"/c/{scene.people[0].conformity_key}"
    empty = client.post(place, {"answer": "observes", "version": 1, "observation": " "})
    assert empty.status_code == 409
    told = {"answer": "observes", "version": 1, "observation": "Falta el inventario"}
    assert "llegó a la coordinación" in client.post(place, told, follow=True).content.decode()


def test_a_link_nobody_has_opens_nothing(client):
    for path in ("/c/nadie", "/c/nadie/ayuda-memoria.pdf", "/c/nadie/acuerdos.ics"):
        assert client.get(path).status_code == 404


def test_the_link_gives_the_document_and_the_days_of_its_owner(client):
    scene = ask(make_scene())
    token = scene.people[0].conformity_key
    assert client.get(f"/c/{token}/ayuda-memoria.pdf").content.startswith(b"%PDF")
    calendar = client.get(f"/c/{token}/acuerdos.ics").content.decode()
    assert "Vence el acuerdo 1.1" in calendar
    assert (
        client.get(f"/c/{scene.people[1].conformity_key}/acuerdos.ics").content.count(b"VEVENT")
        == 0
    )


def test_before_the_minutes_are_ready_the_link_says_so(client):
    scene = make_scene()
    said = client.get(f"/c/{scene.people[0].conformity_key}").content.decode()
    assert "todavía no está lista" in said


def test_whoever_distributes_proves_who_they_are(client):
    scene = ask(make_scene())
    conform(scene)
    scene.coordinator.set_password("una frase larga de prueba")
    scene.coordinator.save()
    client.force_login(scene.coordinator, BACKEND)
    answer = client.post(url(scene, "distribute"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert scene.fresh().state == "conformity"


def test_after_the_week_the_page_asks_for_the_reason(client, settings):
    scene = ask(make_scene())
    conform(scene)
    settings.DEMO_NOW = AT + timedelta(days=9)
    enter(client, scene)
    assert "Por qué se distribuye tarde" in page(client, scene)
    refused = client.post(url(scene, "distribute"), follow=True)
    assert "escriba el motivo" in refused.content.decode()
    client.post(url(scene, "distribute"), {"late_reason": "Paro de labores"})
    assert scene.fresh().late_reason == "Paro de labores"


def test_the_whole_page_asks_the_database_twelve_times_at_most(
    client, django_assert_max_num_queries
):
    scene = ask(make_scene(people=6))
    enter(client, scene)
    client.get(url(scene))
    with django_assert_max_num_queries(12):
        client.get(url(scene))
