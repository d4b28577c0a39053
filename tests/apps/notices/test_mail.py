"""What a mail looks like to the programs that read it."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from sigpret.apps.notices.mail import Letter, compose
from tests.apps.notices.kinds import PARCEL

AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
DUE = datetime(2026, 10, 16, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://sigpret.example.hn"
    settings.REPLY_TO_EMAIL = "ayuda@example.hn"
    settings.DEFAULT_FROM_EMAIL = "SIGPRET <sigpret@example.hn>"


def letter(**fields) -> Letter:
    facts = {
        "number": 41,
        "to": "ana@example.hn",
        "kind": PARCEL.code,
        "title": "Llegó un libro a Copán",
        "body": "Recoja un libro en Copán.\nTraiga su carné.",
        "url": "/paquetes/1",
        "subject_key": "parcel 1",
        "written_at": AT,
    }
    return Letter(**facts | fields)


def parsed(**fields):
    raw = compose(letter(**fields)).message().as_bytes()
    return message_from_bytes(raw, policy=policy.default)


def test_plain_and_html_say_the_same_with_one_button():
    message = parsed()
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for words in ("Llegó un libro a Copán", "Traiga su carné.", "Recoger"):
        assert words in text
        assert words in html
    assert text.count("https://sigpret.example.hn/paquetes/1") == 1
    assert html.count('href="https://sigpret.example.hn/paquetes/1"') == 1


def test_the_headers_say_who_writes_and_how_to_stop_it():
    message = parsed()
    assert message["From"] == "SIGPRET <sigpret@example.hn>"
    assert message["Reply-To"] == "ayuda@example.hn"
    assert message["To"] == "ana@example.hn"
    assert message["Subject"] == "SIGPRET · Llegó un libro a Copán"
    assert message["List-Unsubscribe"] == "<https://sigpret.example.hn/perfil/avisos>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_delivery_always_has_the_same_name():
    assert parsed()["Message-ID"] == parsed()["Message-ID"]
    assert parsed()["Message-ID"] != parsed(number=42)["Message-ID"]
    assert parsed()["Message-ID"].endswith("@sigpret.example.hn>")


def test_the_html_calls_nobody_home():
    html = parsed().get_body(("html",)).get_content()
    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)
    assert not re.search(r"https?://(?!sigpret\.example\.hn)", html)


def test_what_somebody_wrote_cannot_become_markup():
    html = parsed(title="<script>alert(1)</script>", body='"><img src=x>').get_body(("html",))
    assert "<script" not in html.get_content()
    assert "<img" not in html.get_content()


def test_a_line_end_in_the_title_cannot_become_a_header():
    with pytest.raises(ValueError, match="newline"):
        compose(letter(title="Hola\r\nBcc: otra@example.hn")).message()


def test_a_deadline_travels_as_an_appointment():
    part = next(parsed(due_at=DUE).iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    calendar = Calendar.from_ical(part.get_content())
    event = next(iter(calendar.walk("VEVENT")))
    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == "parcel-1@sigpret.example.hn"
    assert event.decoded("DTSTART") == DUE


def test_a_later_notice_of_the_same_thing_moves_the_appointment():
    def sequence(at):
        part = next(parsed(due_at=DUE, written_at=at).iter_attachments())
        return int(next(iter(Calendar.from_ical(part.get_content()).walk("VEVENT")))["SEQUENCE"])

    assert sequence(AT.replace(day=14)) > sequence(AT)


def test_a_summary_lists_its_lines_with_their_addresses():
    lines = ({"title": "Completar <el> reporte", "url": "/reporte", "when": "vie 16 oct"},)
    message = parsed(items=lines)
    assert "- Completar <el> reporte (vie 16 oct)" in message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "Completar &lt;el&gt; reporte" in html
    assert "https://sigpret.example.hn/reporte" in html


def test_a_kind_that_is_gone_still_opens_its_page():
    assert "Abrir en SIGPRET" in parsed(kind="gone").get_body(("plain",)).get_content()
