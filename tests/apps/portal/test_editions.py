"""What citizens see of a quarter that closed more than once, or that changed afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.monitoring.models import ChangeRequest, Closing, Snapshot
from sigpret.apps.portal.queries import latest_publication, promise_page, withdrawn_publication
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.results import make_goal
from tests.factories.snapshots import CLOSED_AT, make_closed_round, make_promise

pytestmark = pytest.mark.django_db
LATER = CLOSED_AT + timedelta(days=10)


def reopen(round_, at, note="Se cargó dos veces un dato."):
    Closing.objects.filter(round=round_).update(
        reopened_at=at, reopened_by=make_user(), reopening_reason=note
    )


def text(client, name, **where) -> str:
    return client.get(reverse(f"portal:{name}", kwargs=where)).text.replace("\xa0", " ")


def test_a_closing_that_waits_for_its_day_is_not_seen():
    make_closed_round("2026-Q1")
    waiting = make_closed_round("2026-Q2", published_at=LATER)
    make_promise(waiting)
    before = LATER - timedelta(seconds=1)
    assert latest_publication(before).period == "2026-Q1"
    assert promise_page("escuelas", before) is None
    assert latest_publication(LATER).period == "2026-Q2"
    assert promise_page("escuelas", LATER) is not None


def test_one_taken_back_within_a_day_leaves_its_note(client):
    make_closed_round("2026-Q1")
    taken = make_closed_round("2026-Q2")
    make_promise(taken)
    reopen(taken, CLOSED_AT + timedelta(hours=23))
    assert latest_publication(LATER).period == "2026-Q1"
    assert withdrawn_publication(LATER).note == "Se cargó dos veces un dato."
    page = text(client, "home")
    assert "El cierre del II trimestre de 2026 se retiró" in page
    assert promise_page("escuelas", LATER) is None


def test_one_opened_again_later_stays_published():
    round_ = make_closed_round("2026-Q2")
    make_promise(round_)
    reopen(round_, CLOSED_AT + timedelta(days=2))
    assert latest_publication(LATER).period == "2026-Q2"
    assert withdrawn_publication(LATER) is None


def test_the_last_edition_published_is_the_one_that_is_read():
    round_ = make_closed_round("2026-Q2")
    first = make_promise(round_)
    reopen(round_, CLOSED_AT + timedelta(days=2))
    Closing.objects.create(
        round=round_, edition=2, closed_at=LATER, published_at=LATER, digest="e" * 64
    )
    payload = first.payload | {"text": "Reparar más escuelas"}
    Snapshot.objects.create(
        round=round_,
        edition=2,
        kind="goal",
        subject_id=first.subject_id,
        code=first.code,
        level="presidential",
        slug=first.slug,
        payload=payload,
    )
    assert promise_page("escuelas", LATER - timedelta(days=1)).card.text == "Reparar escuelas"
    found = promise_page("escuelas", LATER)
    assert (found.card.text, found.publication.edition) == ("Reparar más escuelas", 2)


def test_an_approved_change_of_a_published_datum_is_told_and_names_nobody(client):
    round_ = make_closed_round("2026-Q2")
    make_promise(round_)
    goal = make_goal("presidential", slug="escuelas")
    report = make_report(goal.indicator.responsible, round_)
    value = make_value(report, "304", indicator=goal.indicator)
    asked = {
        "value": value,
        "old_value": Decimal(298),
        "new_value": Decimal(304),
        "requested_by": make_user(full_name="Óscar Rivera"),
        "requested_at": CLOSED_AT,
    }
    ChangeRequest.objects.create(
        **asked,
        state="approved",
        reason="El acta llegó después.",
        decided_by=make_user(full_name="Karla Mejía"),
        decided_at=CLOSED_AT + timedelta(days=5),
    )
    ChangeRequest.objects.create(**asked, reason="Todavía sin decidir.")
    page = text(client, "promise", slug="escuelas")
    assert "De 298 a 304" in page
    assert "El acta llegó después." in page
    assert "sin decidir" not in page
    assert "Karla" not in page
    assert "Óscar" not in page


NOTHING = {"variables": {"1": "0", "2": "0"}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"old_value": None, "new_value": Decimal(304)}, "De sin reporte a 304"),
        (
            {"old_value": Decimal(298), "new_value": None, "new_details": NOTHING},
            "De 298 a sin denominador.",
        ),
        (
            {"old_value": None, "old_details": NOTHING, "new_value": Decimal(304)},
            "De sin denominador a 304",
        ),
    ],
)
def test_a_change_says_whether_there_was_a_report_or_a_denominator(client, change, words):
    round_ = make_closed_round("2026-Q2")
    make_promise(round_)
    goal = make_goal("presidential", slug="escuelas")
    report = make_report(goal.indicator.responsible, round_)
    ChangeRequest.objects.create(
        value=make_value(report, "304", indicator=goal.indicator),
        requested_by=make_user(),
        requested_at=CLOSED_AT,
        state="approved",
        reason="El acta llegó después.",
        decided_by=make_user(),
        decided_at=CLOSED_AT + timedelta(days=5),
        **change,
    )
    assert words in text(client, "promise", slug="escuelas")
