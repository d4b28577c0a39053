"""Calling a mesa: everybody once, the calendar follows, nothing is said that is not so any more."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.answers import answer_invitation
from sigpret.apps.mesas.actions.convocation import ObjectionError, cancel, convene, reschedule
from sigpret.apps.mesas.actions.meeting_reminders import send_meeting_reminders
from sigpret.apps.mesas.actions.preparation import (
    MeetingError,
    Preparation,
    StaleMeetingError,
    Topic,
    prepare_meeting,
    save_preparation,
)
from sigpret.apps.mesas.actions.sendings import retry_sendings
from sigpret.apps.mesas.letters import SENDINGS
from sigpret.apps.mesas.models import Designation, Meeting, Participant, Sending
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.invitees import invitees
from sigpret.apps.notices import queues
from sigpret.apps.notices.actions.sending import claim, send_due_mail
from sigpret.apps.notices.health import mail_flows
from sigpret.apps.notices.models import Delivery, Notice
from tests.apps.notices.mail_server import mail_server
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import accredit, designate, make_coordinator, make_mesa

AT = datetime(2026, 10, 22, 17, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 10, 29, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters():
    queues.register(SENDINGS)


class Table:
    """A mesa with its coordinator and three members of one institution."""

    def __init__(self) -> None:
        self.mesa = make_mesa()
        self.coordinator = make_coordinator(self.mesa)
        self.institution = make_institution(name="Secretaría de Salud", acronym="SESAL")
        self.members = [
            accredit(self.mesa, self.institution, person=make_user()) for _n in range(2)
        ]
        self.stranger = accredit(self.mesa, make_institution())

    def standing(self, person=None):
        who = person or self.coordinator
        return standing_in(self.mesa, access_of(who, on=AT.date()), on=AT.date())

    def preparation(self, **changes) -> Preparation:
        level = changes.get("level", "technical")
        values = {
            "level": level,
            "kind": "ordinary",
            "mode": "in_person",
            "starts_at": THURSDAY,
            "ends_at": changes.get("starts_at", THURSDAY) + timedelta(minutes=90),
            "place": "Centro Cívico, torre 1, sala 4B",
            "link": "",
            "early_reason": "",
            "topics": (Topic("Abastecimiento de medicamentos", 25), Topic("Plan de trabajo", 20)),
            "people": invitees(self.mesa, level, on=AT.date()),
            **changes,
        }
        return Preparation(**values)

    def prepare(self, **changes) -> Meeting:
        return prepare_meeting(
            actor=self.coordinator,
            standing=self.standing(),
            uid=changes.pop("uid", uuid4()),
            preparation=self.preparation(**changes),
            at=AT,
        )

    def convene(self, meeting: Meeting | None = None, *, at=AT, **changes) -> Meeting:
        prepared = meeting or self.prepare(**changes)
        return convene(
            actor=self.coordinator,
            standing=self.standing(),
            meeting_id=prepared.pk,
            expected_version=prepared.version,
            at=at,
        )

    def reschedule(self, meeting: Meeting, *, at=AT, **changes) -> Meeting:
        return reschedule(
            actor=self.coordinator,
            standing=self.standing(),
            meeting_id=meeting.pk,
            preparation=self.preparation(**changes),
            expected_version=meeting.version,
            at=at,
        )

    def cancel(self, meeting: Meeting, reason: str = "Duelo nacional") -> Meeting:
        return cancel(
            actor=self.coordinator,
            standing=self.standing(),
            meeting_id=meeting.pk,
            reason=reason,
            at=AT,
        )


@pytest.fixture
def table() -> Table:
    return Table()


def kinds_of(meeting: Meeting, *states: str) -> list[tuple[str, str]]:
    rows = Sending.objects.filter(participant__meeting=meeting).order_by("kind", "state")
    found = rows.filter(state__in=states) if states else rows
    return [(row.kind, row.state) for row in found]


def test_a_mesa_that_is_not_constituted_does_not_convene(table):
    """«Un proceso previo al trabajo de la MESGEPRET, será la acreditación de los miembros que
    participarán en las mismas»"""
    table.mesa.constituted_on, table.mesa.constitution_act = None, ""
    table.mesa.save()
    prepared = table.prepare()
    with pytest.raises(ObjectionError, match=r"Falta: .*la analista de DIGER, el equipo de apoyo"):
        table.convene(prepared)
    assert Meeting.objects.get().state == "prepared"
    assert not Sending.objects.exists()
    table.institution.sectors.add(table.mesa.sector)
    for duty in ("political_coordinator", "analyst", "support"):
        designate(table.mesa, make_user(), duty)
    with pytest.raises(ObjectionError, match="que DIGER registre su acta"):
        table.convene(prepared)


def test_everybody_of_the_mesa_is_called_once(table):
    meeting = table.convene()
    assert (meeting.state, meeting.number, meeting.sequence) == ("convened", 1, 0)
    assert kinds_of(meeting) == [("convocation", "queued")] * 4
    assert AuditEvent.objects.filter(action="mesas.meeting_convened").count() == 1


def test_calling_twice_is_once(table):
    prepared = table.prepare()
    first, second = table.convene(prepared), table.convene(prepared)
    assert (first.pk, first.number) == (second.pk, second.number)
    assert Sending.objects.count() == 4


def test_the_same_form_twice_is_one_meeting(table):
    uid = uuid4()
    assert table.prepare(uid=uid).pk == table.prepare(uid=uid).pk


def test_meetings_are_numbered_without_gaps_from_the_call_on(table):
    table.prepare()
    assert [table.convene().number, table.convene().number] == [1, 2]


def test_to_the_convocation_a_basic_agenda_is_attached(table):
    """«a dicha convocatoria, se deberá adjuntar una agenda básica de los temas a tratar»"""
    meeting = table.convene()
    (agenda,) = meeting.attachments.all()
    assert (agenda.is_agenda, agenda.name) == (True, "Agenda básica n.º 1.pdf")
    send_due_mail(at=AT)
    assert any(part[2] == "application/pdf" for part in mail.outbox[0].attachments)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("cuatro días antes", {"starts_at": AT + timedelta(days=4)}, "al menos 5 días"),
        ("sin temas", {"topics": ()}, "agenda básica"),
        ("sin lugar", {"place": ""}, "el lugar o el enlace"),
        ("sin nadie", {"people": ()}, "al menos una institución"),
        ("ayer", {"starts_at": AT - timedelta(days=1)}, "ya pasó"),
    ],
)
def test_a_convocation_that_lacks_something_is_refused_with_all_of_it(table, name, changes, words):
    """«Las convocatorias, deberán hacerse con al menos cinco (5) días de anticipación»"""
    with pytest.raises(ObjectionError, match=words):
        table.convene(**changes)
    assert not Sending.objects.exists(), name


def test_an_earlier_day_is_allowed_with_its_reason_which_everybody_reads(table):
    meeting = table.convene(starts_at=AT + timedelta(days=2), early_reason="Brote de dengue")
    assert "Brote de dengue" in Sending.objects.filter(participant__meeting=meeting)[0].body


def test_only_the_coordination_calls_and_its_team_prepares(table):
    """«El coordinador de la MESGEPRET a nivel técnico-operativo, con la colaboración del equipo de
    apoyo, será el encargado de elaborar y remitir las respectivas convocatorias a las reuniones»"""
    helper = make_user()
    designate(table.mesa, helper, Designation.Duty.SUPPORT)
    meeting = table.prepare()
    with pytest.raises(PermissionDenied, match="coordinación técnica"):
        convene(
            actor=helper,
            standing=table.standing(helper),
            meeting_id=meeting.pk,
            expected_version=1,
            at=AT,
        )
    saved = save_preparation(
        actor=helper,
        standing=table.standing(helper),
        meeting_id=meeting.pk,
        preparation=table.preparation(place="Sala 2"),
        expected_version=1,
        at=AT,
    )
    assert (saved.place, saved.version) == ("Sala 2", 2)


def test_two_people_preparing_at_once_do_not_lose_what_the_other_wrote(table):
    meeting = table.prepare()
    arguments = {
        "actor": table.coordinator,
        "standing": table.standing(),
        "meeting_id": meeting.pk,
        "preparation": table.preparation(),
        "expected_version": 1,
        "at": AT,
    }
    save_preparation(**arguments)
    with pytest.raises(StaleMeetingError):
        save_preparation(**arguments)


def test_a_draft_keeps_the_rows_of_its_topics(table):
    meeting = table.prepare()
    first, second = meeting.agenda.all()
    topics = (Topic("Plan de trabajo", 30), Topic("Otro", 10))
    saved = save_preparation(
        actor=table.coordinator,
        standing=table.standing(),
        meeting_id=meeting.pk,
        preparation=table.preparation(topics=topics),
        expected_version=1,
        at=AT,
    )
    assert [(item.title, item.minutes) for item in saved.agenda.all()] == [
        ("Plan de trabajo", 30),
        ("Otro", 10),
    ]
    assert saved.agenda.first().pk == second.pk
    assert not saved.agenda.filter(pk=first.pk).exists()


class TestAfterSending:
    @pytest.fixture
    def meeting(self, table) -> Meeting:
        meeting = table.convene()
        assert send_due_mail(at=AT) == 4
        mail.outbox.clear()
        return meeting

    def test_another_day_tells_everybody_with_a_higher_sequence(self, table, meeting):
        person = meeting.participants.first()
        answer_invitation(token=person.token, answer="will_come", at=AT)
        changed = table.reschedule(meeting, starts_at=THURSDAY + timedelta(days=5))
        assert (changed.state, changed.sequence) == ("rescheduled", 1)
        assert kinds_of(meeting, "queued") == [("change", "queued")] * 4
        assert "SEQUENCE:1" in Sending.objects.get(participant=person, kind="change").calendar
        person.refresh_from_db()
        assert person.answer == "none", "they said yes to another day"

    def test_another_day_forgets_who_was_going_to_be_sent(self, table, meeting):
        person = meeting.participants.first()
        answer_invitation(
            token=person.token, answer="sends_other", substitute_name="Rosa Pineda", at=AT
        )
        table.reschedule(meeting, starts_at=THURSDAY + timedelta(days=5))
        person.refresh_from_db()
        assert (person.answer, person.substitute_name) == ("none", "")

    def test_another_room_keeps_the_answers_and_needs_no_five_days(self, table, meeting):
        person = meeting.participants.first()
        answer_invitation(token=person.token, answer="will_come", at=AT)
        late = THURSDAY - timedelta(days=1)
        changed = table.reschedule(meeting, at=late, place="Sala 2")
        person.refresh_from_db()
        assert (changed.state, person.answer) == ("convened", "will_come")

    def test_a_meeting_moved_closer_needs_a_reason(self, table, meeting):
        with pytest.raises(ObjectionError, match="al menos 5 días"):
            table.reschedule(meeting, starts_at=AT + timedelta(days=2))

    def test_who_is_taken_off_is_told_and_who_is_new_is_called(self, table, meeting):
        table.stranger.ended_on, table.stranger.end_reason = date(2026, 10, 22), "Renunció"
        table.stranger.save()
        accredit(table.mesa, make_institution(), full_name="Nueva")
        table.reschedule(meeting)
        assert kinds_of(meeting, "queued") == [
            ("cancellation", "queued"),
            *[("change", "queued")] * 3,
            ("convocation", "queued"),
        ]

    def test_a_cancelled_meeting_leaves_every_calendar(self, table, meeting):
        table.cancel(meeting)
        table.cancel(meeting)
        assert kinds_of(meeting, "queued") == [("cancellation", "queued")] * 4
        calendar = Sending.objects.filter(kind="cancellation")[0].calendar
        assert "METHOD:CANCEL" in calendar
        assert "STATUS:CANCELLED" in calendar
        assert "SEQUENCE:1" in calendar

    def test_a_cancelling_gives_its_reason(self, table, meeting):
        with pytest.raises(MeetingError, match="por qué se cancela"):
            table.cancel(meeting, " ")

    def test_a_cancelled_meeting_is_not_changed(self, table, meeting):
        table.cancel(meeting)
        meeting.refresh_from_db()
        with pytest.raises(MeetingError, match="no está convocada"):
            table.reschedule(meeting)


def test_cancelled_before_it_left_nobody_is_written_to(table):
    meeting = table.convene()
    table.cancel(meeting)
    assert kinds_of(meeting) == [("convocation", "withdrawn")] * 4
    assert send_due_mail(at=AT) == 0


def test_changed_before_it_left_people_get_one_convocation(table):
    meeting = table.convene()
    table.reschedule(meeting, place="Sala 2")
    assert send_due_mail(at=AT) == 4
    assert all("Sala 2" in letter.body for letter in mail.outbox)
    assert kinds_of(meeting, "sent") == [("convocation", "sent")] * 4


def test_people_with_an_account_see_it_in_the_bell_and_get_one_mail(table):
    meeting = table.convene()
    person = table.members[0].person
    notice = Notice.objects.get(recipient=person)
    assert notice.url == f"/r/{meeting.participants.get(person=person).token}"
    assert not Delivery.objects.exists()
    send_due_mail(at=AT)
    assert len([letter for letter in mail.outbox if letter.to == [table.members[0].email]]) == 1


class TestServerDown:
    def test_mail_waits_and_then_leaves_once(self, table, settings):
        with mail_server() as server:
            settings.EMAIL_BACKEND = "sigpret.apps.notices.smtp.CarefulBackend"
            settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
            settings.EMAIL_PORT = 1
            meeting = table.convene()
            assert send_due_mail(at=AT) == 0
            assert kinds_of(meeting) == [("convocation", "queued")] * 4
            assert "servidor de correo" in Sending.objects.first().last_error
            settings.EMAIL_PORT = server.port
            Sending.objects.update(due_at=AT - timedelta(days=60))
            assert send_due_mail(at=AT) == 4
            assert send_due_mail(at=AT) == 0
            assert len(server.accepted) == 4

    def test_what_failed_is_tried_again_by_the_coordination(self, table):
        meeting = table.convene()
        Sending.objects.update(state="failed", last_error="550")
        arguments = {"actor": table.coordinator, "standing": table.standing()}
        assert retry_sendings(**arguments, meeting_id=meeting.pk) == 4
        assert retry_sendings(**arguments, meeting_id=meeting.pk) == 0

    @pytest.mark.parametrize("state", ["failed", "doubtful"])
    def test_what_failed_before_a_cancelling_is_never_sent_with_its_old_words(self, table, state):
        meeting = table.convene()
        Sending.objects.update(state=state)
        table.cancel(meeting)
        retry_sendings(actor=table.coordinator, standing=table.standing(), meeting_id=meeting.pk)
        assert ("convocation", "queued") not in kinds_of(meeting)

    @pytest.mark.parametrize("end", ["cancelled", "changed"])
    def test_what_was_leaving_and_came_back_does_not_leave_with_its_old_words(self, table, end):
        meeting = table.convene()
        Sending.objects.update(state="sending", claimed_at=Now())
        old = list(Sending.objects.values_list("pk", flat=True))
        table.cancel(meeting) if end == "cancelled" else table.reschedule(meeting, place="Sala 2")
        Sending.objects.filter(pk__in=old).update(state="queued", claimed_at=None)
        assert send_due_mail(at=AT) == 4
        assert set(Sending.objects.filter(pk__in=old).values_list("state", flat=True)) == {
            "withdrawn"
        }

    def test_a_reminder_does_not_leave_once_the_meeting_began_or_was_answered(self, table):
        meeting = table.convene()
        Sending.objects.update(state="sent", sent_at=AT)
        send_meeting_reminders(at=THURSDAY - timedelta(days=2))
        meeting.participants.filter(accreditation=table.stranger).update(answer="will_come")
        assert send_due_mail(at=THURSDAY - timedelta(days=2)) == 3
        send_meeting_reminders(at=THURSDAY - timedelta(days=1))
        assert send_due_mail(at=THURSDAY) == 0
        assert kinds_of(meeting, "queued") == []

    def test_who_may_have_got_the_convocation_gets_its_cancelling(self, table):
        meeting = table.convene()
        Sending.objects.update(state="doubtful")
        table.cancel(meeting)
        assert kinds_of(meeting, "queued") == [("cancellation", "queued")] * 4

    def test_what_waits_too_long_is_seen_on_the_health_page(self, table):
        table.convene()
        assert mail_flows().is_ok
        Sending.objects.update(waiting_since=AT - timedelta(days=60))
        finding = mail_flows()
        assert not finding.is_ok
        assert "4 correos en espera" in finding.detail

    def test_a_worker_killed_in_the_middle_leaves_it_in_doubt(self, table):
        table.convene()
        assert claim(SENDINGS, AT) is not None
        Sending.objects.filter(state="sending").update(claimed_at=AT - timedelta(days=60))
        assert send_due_mail(at=AT) == 3
        assert Sending.objects.filter(state="doubtful").count() == 1


class TestAnswers:
    @pytest.fixture
    def person(self, table) -> Participant:
        return table.convene().participants.get(accreditation=table.stranger)

    def test_nobody_needs_an_account_to_answer(self, person):
        answered = answer_invitation(token=person.token, answer="will_come", at=AT)
        assert (answered.answer, answered.answered_at) == ("will_come", AT)

    def test_answering_twice_is_one_answer(self, person):
        for _turn in range(2):
            answer_invitation(token=person.token, answer="will_come", at=AT)
        assert AuditEvent.objects.filter(action="mesas.invitation_answered").count() == 1

    def test_who_sends_somebody_says_whom(self, person):
        with pytest.raises(MeetingError, match="quien irá en su lugar"):
            answer_invitation(token=person.token, answer="sends_other", at=AT)
        answer_invitation(
            token=person.token, answer="sends_other", substitute_name="Ana Lagos", at=AT
        )
        person.refresh_from_db()
        assert (person.answer, person.substitute_name) == ("sends_other", "Ana Lagos")

    def test_people_change_their_mind_until_it_is_over(self, person):
        answer_invitation(token=person.token, answer="will_come", at=AT)
        answer_invitation(token=person.token, answer="will_not", note="De viaje", at=AT)
        with pytest.raises(MeetingError, match="ya pasó"):
            answer_invitation(
                token=person.token, answer="will_come", at=THURSDAY + timedelta(days=1)
            )

    def test_a_cancelled_meeting_expects_no_answer(self, table, person):
        table.cancel(person.meeting)
        with pytest.raises(MeetingError, match="ya no espera"):
            answer_invitation(token=person.token, answer="will_come", at=AT)


def test_who_does_not_answer_is_reminded_once_and_everybody_the_day_before(table):
    meeting = table.convene()
    send_due_mail(at=AT)
    first = meeting.participants.first()
    answer_invitation(token=first.token, answer="will_not", at=AT)
    assert send_meeting_reminders(at=AT) == 0
    monday, wednesday = THURSDAY - timedelta(days=3), THURSDAY - timedelta(days=1)
    assert [send_meeting_reminders(at=monday) for _turn in range(2)] == [3, 0]
    assert [send_meeting_reminders(at=wednesday) for _turn in range(2)] == [3, 0]
    assert kinds_of(meeting, "queued") == [
        *[("answer_reminder", "queued")] * 3,
        *[("eve_reminder", "queued")] * 3,
    ]
