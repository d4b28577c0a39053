"""The mail of a convocation, read by a mail program and by another calendar library."""

from datetime import timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail

from sigpret.apps.mesas.letters import SENDINGS, blocks_of
from sigpret.apps.mesas.models import Sending
from sigpret.apps.notices import queues
from sigpret.apps.notices.actions.sending import send_due_mail
from tests.apps.mesas.test_convocation import AT, THURSDAY, Table

HERE = ZoneInfo("America/Tegucigalpa")

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    queues.register(SENDINGS)
    return Table()


def letter_to(address: str):
    """The mail as a mail program reads it."""
    (sent,) = [one for one in mail.outbox if one.to == [address]]
    return message_from_bytes(sent.message().as_bytes(), policy=policy.default)


def invitation_in(message):
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    return part, vobject.readOne(part.get_content())


@pytest.fixture
def convened(table):
    meeting = table.convene()
    send_due_mail(at=AT)
    return meeting


def test_another_calendar_reads_the_invitation(table, convened):
    _part, calendar = invitation_in(letter_to(table.members[0].email))
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.uid.value.startswith(f"mesa-{convened.uid}@")
    assert event.sequence.value == "0"
    assert event.dtstart.value.astimezone(HERE) == THURSDAY.astimezone(HERE)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.location.value == "Centro Cívico, torre 1, sala 4B"
    assert event.attendee.value == f"mailto:{table.members[0].email}"
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert "Abastecimiento de medicamentos" in event.description.value


def test_nobody_reads_the_address_of_somebody_else(table, convened):
    text = letter_to(table.members[0].email).as_string()
    assert table.stranger.email not in text


def test_it_comes_from_the_mesa_at_the_address_of_the_product(table, convened):
    sender = letter_to(table.members[0].email)["From"].addresses[0]
    assert sender.display_name == f"MESGEPRET {table.mesa.sector.name}"
    assert sender.addr_spec == "sigpret@localhost"


def test_the_method_stands_in_the_header_too(table, convened):
    """Without it Outlook shows a file it does not know."""
    part, _calendar = invitation_in(letter_to(table.members[0].email))
    assert part.get_param("method") == "REQUEST"
    assert part.get_content_charset() == "utf-8"


def test_text_page_and_invitation_are_alternatives_and_the_agenda_is_attached(table, convened):
    message = letter_to(table.members[0].email)
    assert message.get_content_type() == "multipart/mixed"
    alternatives, agenda = message.iter_parts()
    assert [part.get_content_type() for part in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert agenda.get_content_type() == "application/pdf"
    assert agenda.get_payload(decode=True).startswith(b"%PDF-")


def test_text_and_page_say_the_same(table, convened):
    message = letter_to(table.members[0].email)
    text = message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    token = convened.participants.get(email=table.members[0].email).token
    for words in (
        "Centro Cívico",
        "Plan de trabajo",
        "9:00 a 10:30",
        "martes 27 de octubre",
        token,
    ):
        assert words in text
        assert words in page


def test_a_change_has_the_same_uid_and_a_higher_sequence(table, convened):
    mail.outbox.clear()
    table.reschedule(convened, starts_at=THURSDAY + timedelta(days=1))
    send_due_mail(at=AT)
    _part, calendar = invitation_in(letter_to(table.members[0].email))
    assert calendar.vevent.uid.value.startswith(f"mesa-{convened.uid}@")
    assert (calendar.method.value, calendar.vevent.sequence.value) == ("REQUEST", "1")


def test_a_cancelling_takes_it_out_of_the_calendar(table, convened):
    mail.outbox.clear()
    table.cancel(convened)
    send_due_mail(at=AT)
    part, calendar = invitation_in(letter_to(table.members[0].email))
    assert part.get_param("method") == "CANCEL"
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")


def test_the_same_mail_has_the_same_name_for_ever(table, convened):
    sending = Sending.objects.first()
    assert (
        SENDINGS.compose(sending).extra_headers["Message-ID"]
        == (SENDINGS.compose(Sending.objects.get(pk=sending.pk)).extra_headers["Message-ID"])
    )


def test_a_title_with_line_ends_starts_no_header_and_no_block(table):
    table.mesa.sector.name = "Salud"
    meeting = table.convene(place="Sala 1\nBcc: otro@demo.hn")
    body = Sending.objects.filter(participant__meeting=meeting)[0].body
    assert "Sala 1 Bcc: otro@demo.hn" in body


@pytest.mark.parametrize(
    ("name", "text", "kinds"),
    [
        ("un saludo", "Ana:", ["text"]),
        ("una lista", "1. Uno\n2. Dos", ["list"]),
        ("un recuadro", "  jueves\n  sala", ["box"]),
        ("todo", "Ana:\n\n  jueves\n\n1. Uno\n\nFin", ["text", "box", "list", "text"]),
        ("nada", " \n\n", []),
    ],
)
def test_the_shape_of_a_letter(name, text, kinds):
    assert [block.kind for block in blocks_of(text)] == kinds, name
