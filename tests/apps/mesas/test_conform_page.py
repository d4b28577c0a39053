"""The page of a conformity: what is in one's own name, how long is left, what there is to read."""

from datetime import timedelta

import pytest

from sigpret.apps.mesas.actions.conformity import answer_conformity, ask_conformity
from sigpret.apps.mesas.actions.conformity import resolve_observation as resolve
from sigpret.apps.mesas.actions.distribution import distribute
from sigpret.apps.mesas.models import Agreement, Conformity, Participant
from sigpret.documents.pdf import pages_in
from tests.factories.institutions import make_user
from tests.factories.mesas import AT
from tests.factories.minutes import ask, conform, make_distributed, make_scene, write

pytestmark = pytest.mark.django_db
FULFIL = "/acuerdos/1.1?paso=cumplir#cumplir"


def page_of(client, person) -> str:
    return client.get(f"/c/{person.conformity_key}").content.decode()


@pytest.fixture
def scene(settings):
    """Asked of three people; the first one answers for the agreement and has an account."""
    settings.DEMO_NOW = AT
    scene = make_scene()
    owner = scene.people[0]
    owner.person = make_user()
    owner.save()
    return ask(scene)


def test_who_answered_sees_what_is_theirs_and_how_many_days_are_left(client, scene):
    owner = scene.people[0]
    conform(scene, owner)
    said = page_of(client, owner)
    assert "quedan 30 días" in said
    assert "faltan 2" in said, "two of three have not answered"
    assert FULFIL in said


def test_it_is_said_fulfilled_from_there_only_while_it_is_open(client, scene):
    owner = scene.people[0]
    conform(scene, owner)
    Agreement.objects.update(state="fulfilled", fulfilled_on=AT.date(), result="Comprados")
    said = page_of(client, owner)
    assert (FULFIL in said, "Cumplido" in said, "quedan" in said) == (False, True, False)


def test_the_date_in_force_is_the_one_that_counts(client, scene):
    Agreement.objects.update(due_on=AT.date() + timedelta(days=4))
    assert "quedan 4 días" in page_of(client, scene.people[0])


def test_who_has_no_account_is_told_who_writes_it_down(client, scene):
    Participant.objects.update(person=None)
    owner = scene.people[0]
    conform(scene, owner)
    said = page_of(client, owner)
    assert FULFIL not in said
    assert "su institución o la coordinación técnica lo registra" in said


def test_the_way_leads_to_the_form_already_open(client, scene):
    client.force_login(scene.coordinator)
    place = f"/mesas/{scene.mesa.sector.slug}/acuerdos/1.1"
    opened = '<details class="step" id="cumplir" open>'
    assert opened not in client.get(place).content.decode()
    assert opened in client.get(place, {"paso": "cumplir"}).content.decode()


def test_everybody_reads_the_same_bytes_and_knows_how_many_pages(client, scene):
    first, second = scene.people[:2]
    before = client.get(f"/c/{first.conformity_key}/ayuda-memoria.pdf").content
    conform(scene, first)
    assert client.get(f"/c/{second.conformity_key}/ayuda-memoria.pdf").content == before
    paper = scene.meeting.versions.get().paper
    assert (paper.size, paper.pages) == (len(before), pages_in(before))
    assert f"PDF, {paper.pages} página" in page_of(client, second)


def test_the_final_document_says_its_pages_too(client):
    scene = make_distributed()
    assert scene.meeting.document.pages == 1
    assert "PDF, 1 página, " in page_of(client, scene.people[0])


def observed_and_changed(scene) -> tuple[str, str]:
    """The digests of a text and of the one that replaced it and went out."""
    first, second = scene.people[:2]
    conform(scene, first)
    old = scene.meeting.versions.get().digest
    answer_conformity(token=second.token, at=AT, version_number=1, observation="Falta el lugar")
    observation = Conformity.objects.get(answer="observes")
    resolve(**scene.who, observation_id=observation.pk, resolution="Se agregó.", at=AT)
    scene.item.refresh_from_db()
    write(scene, "Se revisó el abastecimiento y el lugar.")
    ask_conformity(**scene.who, at=AT)
    conform(scene)
    distribute(**scene.who, at=AT)
    return old, scene.fresh().document_digest


def test_the_proof_of_a_replaced_version_is_checked_and_says_so(client, scene):
    digest = scene.meeting.versions.get().digest
    assert client.get(f"/verificar/{digest[:16]}").status_code == 404, "not before it goes out"
    old, final = observed_and_changed(scene)
    said = client.get(f"/verificar/{old[:16]}").content.decode()
    assert "Ese texto existió y fue reemplazado: versión 1" in said
    assert f"/verificar/{final[:16]}" in said
    assert "Compare su copia" not in said
    assert "El documento existe" in client.get(f"/verificar/{final[:16]}").content.decode()
