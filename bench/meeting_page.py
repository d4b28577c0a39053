"""The page of a meeting with 20 agreements and 60 people: few statements, near a bare template."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.databases import bench_database
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.agreeing import Agreed, add_agreement
from sigpret.apps.mesas.actions.conformity import ask_conformity
from sigpret.apps.mesas.actions.notes import save_notes
from sigpret.apps.mesas.actions.session import start_session
from sigpret.apps.mesas.models import AgendaItem, Meeting, Mesa, Participant
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.views.meeting import TEMPLATE, context_of, load_meeting
from sigpret.demonstration.people import HEALTH
from sigpret.demonstration.quarters import NOW
from sigpret.web.http import render_page

RATIO_BUDGET = 6.0
STATEMENT_BUDGET = 12
PEOPLE, TOPICS, AGREEMENTS = 60, 5, 20
COORDINATOR = "marta.zuniga@demo.hn"
UID = UUID("5b0d8f3e-8a1c-4f0a-9b5e-7d0c1a2b3c4d")
PAGES = 9


def measure() -> list[Measurement]:
    """The whole page as the coordination gets it, against its template over objects in memory."""
    bench_database(1)
    meeting = large_meeting()
    path = f"/mesas/{meeting.mesa.sector.slug}/r/{meeting.number}"
    reader = coordinator_at(path)
    with CaptureQueriesContext(connection) as captured:
        reader()
    # Counted now: the next request empties the log.
    statements = len(captured)
    ours, bare = interleaved_medians(reader, bare_page(meeting, path), runs=PAGES)
    return [
        Measurement(
            "meeting_page",
            ours / bare,
            RATIO_BUDGET,
            f"{ours * 1000:.0f} ms against {bare * 1000:.0f} ms of the template alone",
        ),
        Measurement(
            "meeting_page_sql", statements, STATEMENT_BUDGET, "statements of the whole page"
        ),
    ]


def large_meeting() -> Meeting:
    """Minutes in conformity, where everything can still be written; made once per database."""
    known = Meeting.objects.filter(uid=UID).select_related("mesa__sector").first()
    return known or made_meeting(Mesa.objects.get(sector__code=HEALTH), NOW - timedelta(hours=3))


def made_meeting(mesa: Mesa, at: datetime) -> Meeting:
    coordinator = get_user_model().objects.get(email=COORDINATOR)
    meeting = Meeting.objects.create(
        mesa=mesa, number=900, level="technical", state="convened", starts_at=at, uid=UID,
        ends_at=at + timedelta(hours=2), place="Sala 4B", prepared_by=coordinator, prepared_at=at,
        convened_by=coordinator, convened_at=at, first_convened_at=at,
    )  # fmt: skip
    places = list(mesa.sector.institutions.order_by("code"))
    Participant.objects.bulk_create(
        Participant(
            meeting=meeting,
            institution=places[number % len(places)],
            institution_name=places[number % len(places)].name,
            standing="accredited",
            full_name=f"Persona {number}",
            position="Dirección de Planificación",
            token=f"bench-{number}",
        )
        for number in range(PEOPLE)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, title=f"Tema {number}")
        for number in range(1, TOPICS + 1)
    )
    on = at.date()
    who = {
        "actor": coordinator,
        "standing": standing_in(mesa, access_of(coordinator, on=on), on=on),
        "meeting_id": meeting.pk,
    }
    start_session(**who, at=at)
    fill(who, meeting, places[0].pk, at)
    ask_conformity(**who, at=at)
    return Meeting.objects.select_related("mesa__sector").get(pk=meeting.pk)


def fill(who: dict, meeting: Meeting, institution: int, at: datetime) -> None:
    items = list(meeting.agenda.order_by("position"))
    for item in items:
        save_notes(**who, field=str(item.pk), text="Se revisó.\n" * 5, base="", at=at)
    for number in range(AGREEMENTS):
        agreed = Agreed(
            text=f"Entregar el informe número {number} del sector",
            institution_id=institution,
            responsible=f"Persona {number}",
            due_on=at.date() + timedelta(days=30),
            expected_result="Informe entregado",
        )
        add_agreement(**who, item_id=items[number % TOPICS].pk, agreed=agreed, at=at)


def coordinator_at(path: str) -> Callable[[], None]:
    """A signed-in browser of the coordination on that page."""
    browser = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    person = get_user_model().objects.get(email=COORDINATOR)
    browser.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])

    def look() -> None:
        response = browser.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"the meeting answered {response.status_code}")

    look()
    return look


def bare_page(meeting: Meeting, path: str) -> Callable[[], object]:
    """The same page from objects that are already in memory: what Django itself takes."""
    request = request_for(path)
    context = dict(context_of(load_meeting(request, meeting.mesa.sector.slug, meeting.number)))

    def draw() -> object:
        return render_page(request, TEMPLATE, context)

    with CaptureQueriesContext(connection) as captured:
        draw()
    # The bell counts what is unread on every page.
    if len(captured) > 1:
        asked = "; ".join(query["sql"][:120] for query in captured)
        raise RuntimeError(f"the page in memory asks the database: {asked}")
    return draw


def request_for(path: str) -> HttpRequest:
    """A request as the middleware leaves it."""
    request = RequestFactory(SERVER_NAME=settings.ALLOWED_HOSTS[0]).get(path)
    person = get_user_model().objects.get(email=COORDINATOR)
    access = access_of(person, on=NOW.date())
    request.user, request.access, request.roles = person, access, access.roles
    request.now, request.as_of, request.session = NOW, NOW.date(), {}
    request._messages = FallbackStorage(request)
    return request
