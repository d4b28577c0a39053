"""The personal links of a meeting: one key answers the call, another one signs the minutes."""

from datetime import timedelta
from types import SimpleNamespace

import pypdfium2
import pytest

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.mesas.actions.answers import answer_invitation
from sigpret.apps.mesas.actions.conformity import ask_conformity, remind_unanswered
from sigpret.apps.mesas.actions.preparation import MeetingError
from sigpret.apps.mesas.actions.session import Attendee, add_attendee, record_attendance
from sigpret.apps.mesas.letters import compose
from sigpret.apps.mesas.models import Conformity, Sending
from sigpret.apps.mesas.queries.meeting import meeting_page
from sigpret.apps.mesas.queries.minutes_paper import signatures_of
from sigpret.apps.notices.models import Notice
from sigpret.web import limits
from tests.factories.institutions import make_user
from tests.factories.mesas import AT
from tests.factories.minutes import agree, ask, conform, make_distributed, make_scene, start, write

pytestmark = pytest.mark.django_db
BEFORE = AT - timedelta(hours=1)
PROXIED = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "REMOTE_ADDR": "10.0.0.1"}


@pytest.fixture
def stopped_minute(monkeypatch):
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000.0))


def test_the_key_of_the_invitation_signs_nothing(client):
    person = ask(make_scene()).people[0]
    assert client.get(f"/c/{person.token}").status_code == 404
    assert client.get(f"/r/{person.conformity_key}").status_code == 404
    done = client.post(f"/c/{person.conformity_key}", {"answer": "conforms", "version": "1"})
    assert done.status_code == 302
    assert Conformity.objects.get().participant == person


def test_weeks_after_the_minutes_went_out_the_owner_signs_in_to_read(client, settings):
    scene = make_distributed()
    owner = make_user()
    scene.people[0].person = owner
    scene.people[0].save()
    address = f"/c/{scene.people[0].conformity_key}"
    settings.DEMO_NOW = AT + timedelta(days=29)
    assert client.get(address).status_code == 200
    settings.DEMO_NOW = AT + timedelta(days=31)
    sent = client.get(address)
    assert (sent.status_code, "next=" in sent["Location"]) == (302, True)
    assert client.get(f"{address}/ayuda-memoria.pdf").status_code == 302
    client.force_login(make_user())
    assert client.get(address).status_code == 403
    client.force_login(owner)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/c/nadie", "/r/nadie"])
def test_whoever_guesses_keys_waits_a_minute_and_is_told_so(client, path, stopped_minute):
    answers = [client.get(path).status_code for _n in range(121)]
    assert answers[0] == 404
    told = client.get(path)
    assert (told.status_code, told["Retry-After"]) == (429, "60")
    assert "espere un minuto" in told.content.decode()


def test_behind_the_proxy_each_address_is_counted_alone(settings, rf):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert limits.client_address(rf.get("/", **PROXIED)) == "203.0.113.9"


def with_substitute(email: str):
    """A session to which somebody came in the place of the first person called."""
    scene = start(make_scene())
    absent = scene.people[0]
    absent.person = make_user()
    absent.save()
    record_attendance(
        **scene.who,
        participant_id=absent.pk,
        attendance="substituted",
        substitute_name="Rosa Pineda",
        substitute_email=email,
    )
    write(scene)
    agree(scene)
    ask_conformity(**scene.who, at=AT)
    absent.refresh_from_db()
    return scene, absent


def test_whoever_came_is_asked_at_their_address_and_signs_in_their_name(client):
    scene, absent = with_substitute("Rosa@demo.hn")
    letter = Sending.objects.select_related("participant__meeting__mesa__sector").get(
        participant=absent, kind="conformity"
    )
    assert compose(letter).to == ["rosa@demo.hn"]
    assert not Notice.objects.filter(recipient=absent.person).exists()
    said = client.get(f"/c/{absent.conformity_key}").content.decode()
    assert "Rosa, ¿está conforme" in said
    assert f"Presente, en lugar de {absent.full_name}" in said
    client.post(f"/c/{absent.conformity_key}", {"answer": "conforms", "version": "1"})
    meeting = scene.fresh()
    (signature,) = signatures_of(meeting, meeting.versions.get())
    assert signature.name == f"Rosa Pineda, en lugar de {absent.full_name}"


def test_whoever_has_no_address_is_listed_and_asked_once_they_have_one():
    scene, absent = with_substitute("")
    assert not Sending.objects.filter(participant=absent, kind="conformity").exists()
    page = meeting_page(scene.mesa.pk, 1, standing=scene.standing, now=AT)
    assert [person.signer for person in page.unreached] == ["Rosa Pineda"]
    record_attendance(
        **scene.who,
        participant_id=absent.pk,
        attendance="substituted",
        substitute_name="Rosa Pineda",
        substitute_email="rosa@demo.hn",
    )
    page = meeting_page(scene.mesa.pk, 1, standing=scene.standing, now=AT)
    assert (page.unreached, page.text.has_changed) == ((), False)
    assert remind_unanswered(**scene.who, at=AT) == 3


def test_the_address_of_a_substitute_is_kept_with_the_answer_and_never_audited():
    scene = make_scene()
    said = {"token": scene.people[0].token, "answer": "sends_other", "substitute_name": "Rosa"}
    with pytest.raises(MeetingError, match="Revise el correo"):
        answer_invitation(**said, substitute_email="rosa", at=BEFORE)
    person = answer_invitation(**said, substitute_email="rosa@demo.hn", at=BEFORE)
    assert person.substitute_email == "rosa@demo.hn"
    assert "rosa@demo.hn" not in str(AuditEvent.objects.latest("pk").payload)


def test_somebody_added_again_counts_for_the_quorum_and_is_audited():
    scene = ask(make_scene())
    person = scene.people[0]
    record_attendance(**scene.who, participant_id=person.pk, attendance="absent")
    before = scene.fresh()
    present, version = before.quorum_present, before.version
    attendee = Attendee(
        full_name=person.full_name,
        position="",
        institution_id=person.institution_id,
        institution_name=person.institution_name,
        email="",
    )
    add_attendee(**scene.who, attendee=attendee)
    after = scene.fresh()
    assert (after.quorum_present, after.version) == (present + 1, version + 1)
    assert AuditEvent.objects.latest("pk").action == "meeting.attended"
    add_attendee(**scene.who, attendee=attendee)
    assert scene.fresh().version == version + 1


def paper_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_who_agreed_keeps_a_proof_of_it_and_nobody_else_has_one(client):
    scene = ask(make_scene())
    first, second = scene.people[:2]
    conform(scene, first)
    address = f"/c/{first.conformity_key}"
    assert "constancia.pdf" in client.get(address).content.decode()
    proof = client.get(f"{address}/constancia.pdf")
    said = paper_text(proof.content)
    digest = scene.meeting.versions.get().digest
    for words in (first.full_name, "01-2026, versión 1", digest, f"/verificar/{digest[:16]}"):
        assert words in said
    assert "Solicitar la compra de emergencia" in said, "the agreement in their name"
    assert client.get(f"{address}/constancia.pdf").content == proof.content, "the same bytes"
    assert client.get(f"/c/{second.conformity_key}/constancia.pdf").status_code == 404


def test_a_conformity_taken_back_proves_nothing(client):
    scene = ask(make_scene())
    person = scene.people[0]
    conform(scene, person)
    client.post(f"/c/{person.conformity_key}", {"answer": "undo", "version": "1"})
    assert client.get(f"/c/{person.conformity_key}/constancia.pdf").status_code == 404
