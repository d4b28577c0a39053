"""The page that calls a mesa: what is proposed, what is typed, and what is kept of both."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import vobject
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions.keeping import kept_file
from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.models import Designation, Meeting, Sending
from sigpret.apps.mesas.pending_meetings import meeting_events, meeting_tasks
from sigpret.apps.mesas.queries.meetings import meeting_list, next_meeting
from sigpret.apps.monitoring.models import GoalAchievement
from sigpret.apps.results.models import Goal
from sigpret.documents.calendar import feed
from tests.apps.mesas.test_convocation import AT, THURSDAY, Table
from tests.factories.evidence import picture
from tests.factories.institutions import make_user
from tests.factories.mesas import designate
from tests.factories.results import make_goal

BACKEND = "django.contrib.auth.backends.ModelBackend"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_thursday(settings):
    settings.DEMO_NOW, settings.DEMO_STARTED = AT, None


@pytest.fixture
def table() -> Table:
    return Table()


class Coordinator:
    """Somebody in front of the page."""

    def __init__(self, client, table: Table, person=None) -> None:
        self.client, self.table = client, table
        self.slug = table.mesa.sector.slug
        self.uid = uuid4()
        client.force_login(person or table.coordinator, backend=BACKEND)

    def look(self, **query):
        return self.client.get(reverse("mesas:convene", args=[self.slug]), query)

    def post(self, do: str = "send", **changes):
        institution = f"i{self.table.institution.pk}"
        values = {
            "do": do,
            "uid": str(self.uid),
            "level": "technical",
            "kind": "ordinary",
            "mode": "in_person",
            "day": "2026-10-29",
            "starts": "09:00",
            "ends": "10:30",
            "place": "Centro Cívico, torre 1, sala 4B",
            "topic": ["new-own-1"],
            "title-new-own-1": "Cadena de frío",
            "on-new-own-1": "1",
            "minutes-new-own-1": "40",
            "shown": [institution, f"i{self.table.stranger.institution_id}"],
            "called": [institution],
            **changes,
        }
        return self.client.post(reverse("mesas:convene", args=[self.slug]), values)


@pytest.fixture
def coordinator(client, table) -> Coordinator:
    return Coordinator(client, table)


def achieved(table: Table, name: str, own: str, status: str) -> Goal:
    goal = make_goal(Goal.Level.SECTORAL, {"2026-Q3": "10"}, sector=table.mesa.sector, text=name)
    GoalAchievement.objects.update_or_create(
        goal=goal,
        period="2026-Q3",
        defaults={
            "own": own,
            "own_status": status,
            "contributed_status": "not_due",
            "explanation": {},
            "policy_version": "2026",
        },
    )
    return goal


def test_the_agenda_is_proposed_and_ticked(table, coordinator):
    achieved(table, "Abastecimiento de medicamentos", "61", "behind")
    achieved(table, "Vacuna pentavalente", "88", "at_risk")
    page = coordinator.look().context["page"]
    found = {shown.topic.title: shown.is_on for shown in page.topics}
    assert found["Abastecimiento de medicamentos"] is True
    assert found["Vacuna pentavalente"] is False
    (behind,) = [one.topic for one in page.topics if one.topic.status == "behind"]
    assert behind.reason == "Meta rezagada: lleva 61\N{NO-BREAK SPACE}% de lo programado"


def test_a_mesa_without_a_work_plan_is_asked_to_make_one(coordinator):
    page = coordinator.look().context["page"]
    assert "Plan de trabajo 2026" in {shown.topic.title for shown in page.topics}


def test_the_permanent_themes_are_in_the_agenda_proposed(coordinator):
    for name in ("Transparencia", "Género", "Derechos Humanos"):
        CrossCuttingTheme.objects.create(code=name, name=name, is_permanent=True, source="x")
    assert coordinator.look().context["page"].missing_themes == ()


def test_days_closer_than_five_cannot_be_chosen(coordinator):
    page = coordinator.look().context["page"]
    squares = {one.day.day: one for week in page.months[0].weeks for one in week if one}
    assert page.rule.first.isoformat() == "2026-10-27"
    assert [squares[day].is_open for day in (21, 22, 26, 27)] == [False, False, False, True]
    assert squares[29].label == "jueves 29 de octubre: 7 días de anticipación"


def test_one_click_writes_it_down_and_sends_it(table, coordinator):
    answer = coordinator.post()
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("mesas:convocation", args=[coordinator.slug, 1])
    assert (meeting.state, meeting.starts_at) == ("convened", THURSDAY)
    assert [(item.title, item.minutes) for item in meeting.agenda.all()] == [("Cadena de frío", 40)]
    assert meeting.participants.count() == 3, "two members and the coordination"


def test_clicking_twice_calls_once(coordinator):
    coordinator.post()
    coordinator.post()
    assert Meeting.objects.count() == 1
    assert Sending.objects.count() == 3


def test_a_draft_is_kept_and_tells_nobody(coordinator):
    coordinator.post("save")
    assert Meeting.objects.get().state == "prepared"
    assert not Sending.objects.exists()
    page = coordinator.look().context["page"]
    assert page.meeting is not None
    assert [shown.topic.title for shown in page.topics if shown.is_on] == ["Cadena de frío"]


def test_what_was_typed_is_still_there_when_something_lacks(coordinator):
    answer = coordinator.post(day="")
    assert answer.status_code == 422
    assert "Elija en el calendario el día" in answer.content.decode()
    assert "Cadena de frío" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_an_earlier_day_without_its_reason_is_kept_as_a_draft_and_not_sent(coordinator):
    answer = coordinator.post(day="", earlier_day="2026-10-24")
    assert answer.status_code == 422
    assert "al menos 5 días" in answer.content.decode()
    assert Meeting.objects.get().state == "prepared"
    version = Meeting.objects.get().version
    again = coordinator.post(
        day="", earlier_day="2026-10-24", early_reason="Brote de dengue", version=version
    )
    assert again.status_code == 302
    assert Meeting.objects.get().early_reason == "Brote de dengue"


def test_the_support_team_prepares_and_does_not_send(client, table):
    helper = make_user()
    designate(table.mesa, helper, Designation.Duty.SUPPORT)
    person = Coordinator(client, table, helper)
    assert "La envía la coordinación técnica" in person.look().content.decode()
    assert person.post("save").status_code == 302
    assert person.post("send", version=1).status_code == 403
    assert Meeting.objects.get().state == "prepared"


def test_the_preview_is_drawn_as_it_is_typed(client, coordinator):
    answer = client.post(
        reverse("mesas:convene", args=[coordinator.slug]),
        {"do": "preview", "uid": str(uuid4()), "day": "2026-10-29", "starts": "09:00"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert "jueves 29 de octubre" in text
    assert "<html" not in text
    assert not Meeting.objects.exists()


def test_somebody_without_accreditation_is_invited_by_name(coordinator):
    coordinator.post(guest_name="Ana Lagos", guest_email="ana.lagos@ops.org")
    guest = Meeting.objects.get().participants.get(standing="guest")
    assert (guest.full_name, guest.email) == ("Ana Lagos", "ana.lagos@ops.org")


def test_a_guest_without_an_address_is_refused(coordinator):
    answer = coordinator.post(guest_name="Ana Lagos", guest_email="ana.lagos")
    assert answer.status_code == 422
    assert "correo completo" in answer.content.decode()


def test_a_file_is_attached_and_the_one_refused_says_why(coordinator):
    files = [
        SimpleUploadedFile("mapa.png", picture(), "image/png"),
        SimpleUploadedFile("virus.exe", b"MZ\x90\x00\x03\x00\x00\x00", "application/octet-stream"),
    ]
    answer = coordinator.post(papers=files)
    names = list(Meeting.objects.get().attachments.values_list("name", flat=True))
    assert sorted(names) == ["Agenda básica n.º 1.pdf", "mapa.png"]
    shown = coordinator.client.get(answer["Location"]).content.decode()
    assert "virus.exe" in shown


def test_another_meeting_starts_from_the_place_and_hours_of_the_last(table, coordinator):
    table.convene(place="Sala 9", starts_at=AT + timedelta(days=8, hours=4))
    form = coordinator.look().context["form"]
    assert form["place"].value() == "Sala 9"
    assert f"{form['starts'].value():%H:%M}" == "15:00"


def test_the_convocation_page_shows_each_mail_and_each_answer(client, table, coordinator):
    meeting = table.convene()
    Sending.objects.filter(participant=meeting.participants.first()).update(
        state="failed", last_error="El servidor de correo no acepta la dirección (550)."
    )
    text = client.get(reverse("mesas:convocation", args=[coordinator.slug, 1])).content.decode()
    assert "1 correo no tiene constancia de envío" in text
    assert "(550)" in text
    assert table.members[0].email not in text


def test_a_refused_cancelling_keeps_what_was_typed(client, table, coordinator):
    table.convene()
    url = reverse("mesas:convocation_cancel", args=[coordinator.slug, 1])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Duelo nacional"}).status_code == 302
    assert Meeting.objects.get().state == "cancelled"


def test_a_refused_answer_keeps_what_was_typed(client, table):
    person = table.convene().participants.first()
    answer = client.post(f"/r/{person.token}", {"answer": "sends_other"})
    assert answer.status_code == 422
    assert "quien irá en su lugar" in answer.content.decode()


def test_the_list_tells_what_comes_and_what_was(table, coordinator, client):
    assert next_meeting(table.mesa, AT) is None
    table.convene()
    line = next_meeting(table.mesa, AT)
    assert (line.number, line.called, line.coming, line.topics) == (1, 4, 0, 2)
    assert next_meeting(table.mesa, THURSDAY + timedelta(days=1)) is None
    assert len(meeting_list(table.mesa)) == 1
    text = client.get(reverse("mesas:meetings", args=[coordinator.slug])).content.decode()
    assert "Reunión n.º 1" in text


def test_who_has_not_answered_has_it_in_their_tasks(table):
    table.convene()
    person = table.members[0].person
    (task,) = meeting_tasks(access_of(person, on=AT.date()), AT)
    assert task.title.startswith("¿Asistirá?")
    assert task.due_at == datetime(2026, 10, 27, 23, 0, tzinfo=UTC)


def test_the_private_calendar_shows_the_meeting_once(table):
    meeting = table.convene()
    body = feed("SIGPRET", meeting_events(table.members[0].person, AT))
    event = vobject.readOne(body.decode()).vevent
    assert event.uid.value.startswith(f"mesa-{meeting.uid}@")
    assert not hasattr(event, "attendee")
    table.cancel(meeting)
    again = vobject.readOne(feed("", meeting_events(table.members[0].person, AT)).decode())
    assert again.vevent.status.value == "CANCELLED"


class TestChange:
    """The same page, over a meeting people were already called to."""

    @pytest.fixture
    def change(self, client, table, coordinator):
        meeting = table.convene()
        Sending.objects.update(state="sent", sent_at=AT)
        address = reverse("mesas:convocation_change", args=[coordinator.slug, 1])

        def post(**values):
            page = client.get(address).context["page"]
            shown = [group.key for group in (*page.institutions, *page.others)]
            keys = [one.topic.key for one in page.topics if one.is_on]
            typed = {
                "do": "send",
                "uid": str(meeting.uid),
                "version": str(page.meeting.version),
                "level": "technical",
                "kind": "ordinary",
                "mode": "in_person",
                "day": "2026-10-29",
                "starts": "09:00",
                "ends": "10:30",
                "place": "Sala 2",
                "topic": keys,
                "shown": shown,
                "called": shown,
                **{f"on-{key}": "1" for key in keys},
                **values,
            }
            return client.post(address, typed)

        return post

    def test_another_room_is_told_to_everybody_once(self, change):
        assert change().status_code == 302
        meeting = Meeting.objects.get()
        assert (meeting.place, meeting.sequence, meeting.agenda.count()) == ("Sala 2", 1, 2)
        assert Sending.objects.filter(kind="change", state="queued").count() == 4

    def test_a_page_that_is_old_changes_nothing(self, change):
        assert change(version="1").status_code == 409
        assert Meeting.objects.get().sequence == 0

    def test_a_refused_change_leaves_the_files_as_they_were(self, table, change):
        meeting = Meeting.objects.get()
        data = picture()
        kept = kept_file(data, storage.digest_of(data), name="mapa.png", at=AT)
        paper = meeting.attachments.create(
            file=kept, name="mapa.png", added_by=table.coordinator, added_at=AT
        )
        new = SimpleUploadedFile("plano.png", picture(), "image/png")
        asked = {"drop_paper": [str(paper.pk)], "papers": [new]}
        assert change(version="1", **asked).status_code == 409
        assert change(day="", earlier_day="2026-10-24", **asked).status_code == 422
        names = set(meeting.attachments.values_list("name", flat=True))
        assert names == {"Agenda básica n.º 1.pdf", "mapa.png"}

    def test_another_day_asks_for_the_five_days_again(self, change):
        answer = change(day="", earlier_day="2026-10-24")
        assert answer.status_code == 422
        assert "al menos 5 días" in answer.content.decode()
        meeting = Meeting.objects.get()
        assert (meeting.starts_at, meeting.sequence) == (THURSDAY, 0)

    def test_a_cancelled_meeting_is_not_changed(self, table, coordinator, change):
        table.cancel(Meeting.objects.get())
        address = reverse("mesas:convocation_change", args=[coordinator.slug, 1])
        answer = coordinator.client.get(address, follow=True)
        assert "ya no se puede cambiar" in answer.content.decode()


def test_who_writes_a_convocation_sees_it_arrive_first(table, coordinator):
    answer = coordinator.post("proof")
    assert answer["Location"] == reverse("mesas:convene", args=[coordinator.slug])
    (letter,) = mail.outbox
    assert letter.to == [table.coordinator.email]
    assert "Prueba: Mesa de" in letter.subject
    assert "Cadena de frío" in letter.body
    assert "sus botones no responden" in letter.body
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.number, meeting.convened_at) == ("prepared", None, None)
    assert not Sending.objects.exists(), "nobody is called"


def test_a_proof_that_cannot_leave_says_so_and_keeps_the_draft(coordinator, monkeypatch):
    def down(_self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", down)
    coordinator.post("proof")
    assert "El servidor de correo no responde" in coordinator.look().content.decode()
    assert Meeting.objects.get().state == "prepared"


def test_a_mesa_that_is_not_constituted_is_told_before_it_sends(table, coordinator):
    assert "no está constituida" not in coordinator.look().content.decode()
    table.mesa.constituted_on, table.mesa.constitution_act = None, ""
    table.mesa.save()
    said = coordinator.look().content.decode()
    assert "La mesa no está constituida" in said
    assert "todavía no podrá enviarla" in said
