"""A working group meets: its members are proposed, its topic is the agenda, the meeting says so."""

import pytest
from django.urls import reverse

from sigpret.apps.mesas.actions.preparation import MeetingError
from sigpret.apps.mesas.actions.session import start_session
from sigpret.apps.mesas.convocation_words import Writer
from sigpret.apps.mesas.models import Meeting, WorkingGroup
from sigpret.apps.mesas.queries.meetings import meeting_list
from tests.apps.mesas.test_convening_page import Coordinator
from tests.apps.mesas.test_convocation import AT, THURSDAY, Table
from tests.factories.mesas import accredit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_thursday(settings):
    settings.DEMO_NOW, settings.DEMO_STARTED = AT, None


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def group(table) -> WorkingGroup:
    group = WorkingGroup.objects.create(
        mesa=table.mesa,
        name="Cadena de frío",
        scope="Estado de las refrigeradoras",
        deliverable="Inventario de refrigeradoras",
        due_on=AT.date().replace(day=30),
        created_by=table.coordinator,
    )
    group.members.set([table.members[0]])
    return group


@pytest.fixture
def coordinator(client, table, group) -> Coordinator:
    return Coordinator(client, table)


def chosen(page) -> list[str]:
    return [person.full_name for person in page.people]


def test_a_group_is_proposed_its_members_and_what_it_must_deliver(table, coordinator, group):
    """«que posteriormente serán objeto de discusión en la MESGEPRET»"""
    page = coordinator.look(grupo=group.pk).context["page"]
    assert page.group.name == "Cadena de frío"
    assert chosen(page) == [table.members[0].full_name, table.coordinator.full_name]
    assert [topic.title for topic in page.included] == ["Inventario de refrigeradoras"]
    assert len(page.topics) > 1, "the topics of the mesa are still offered"
    assert page.missing_themes == ()


def test_the_whole_mesa_is_called_unless_a_group_is_picked(table, coordinator, group):
    page = coordinator.look().context["page"]
    assert page.group is None
    assert len(page.people) == 4
    assert [label for _value, label in page.form.fields["group"].choices] == [
        "Toda la mesa",
        "Grupo «Cadena de frío»",
    ]


def test_a_meeting_of_a_group_says_so_everywhere(client, table, coordinator, group):
    coordinator.post(group=group.pk, of_group=group.pk)
    meeting = Meeting.objects.get()
    assert (meeting.group, meeting.state) == (group, "convened")
    people = list(meeting.participants.order_by("pk"))
    assert [person.full_name for person in people] == [
        table.members[0].full_name,
        table.coordinator.full_name,
    ]
    letter = Writer(meeting).call(people[0])
    assert "del grupo de trabajo «Cadena de frío» de la mesa de" in letter.body
    assert letter.subject.startswith("Grupo «Cadena de frío»")
    shown = client.get(reverse("mesas:meeting", args=[coordinator.slug, 1])).content.decode()
    assert "del grupo «Cadena de frío»" in shown
    assert meeting_list(table.mesa)[0].group_name == "Cadena de frío"


def test_nothing_is_sent_while_the_people_shown_are_of_another_group(coordinator, group):
    answer = coordinator.post(group=group.pk, of_group="")
    assert answer.status_code == 200
    assert "Cambió quiénes se reúnen" in answer.content.decode()
    assert not Meeting.objects.exists()
    page = answer.context["page"]
    assert [topic.title for topic in page.included] == [
        "Cadena de frío",
        "Inventario de refrigeradoras",
    ], "what somebody wrote stays"


def test_a_dissolved_group_is_not_called(table, group):
    group.closed_on = AT.date()
    group.save()
    with pytest.raises(MeetingError, match="ya no trabaja en la mesa"):
        table.prepare(group_id=group.pk)


def test_the_quorum_of_a_group_is_of_its_own_institutions(table, group):
    accredit(table.mesa)
    institutions = {table.institution, table.stranger.institution}
    for place in institutions:
        place.sectors.add(table.mesa.sector)
    meeting = table.convene(group_id=group.pk)
    start_session(
        actor=table.coordinator, standing=table.standing(), meeting_id=meeting.pk, at=THURSDAY
    )
    meeting.refresh_from_db()
    assert meeting.quorum_needed == 1


def test_a_draft_of_the_whole_mesa_asks_a_group_only_what_is_of_it(table, coordinator, group):
    page = coordinator.look().context["page"]
    whole = {f"on-{one.key}": "1" for one in page.included}
    assert whole, "the mesa has its themes to treat"
    keys = ["new-own-1", *(one.key for one in page.included)]
    coordinator.post("save", topic=keys, **whole)
    again = coordinator.look(grupo=group.pk).context["page"]
    assert {topic.title for topic in again.included} == {
        "Cadena de frío",
        "Inventario de refrigeradoras",
    }
    left_out = {shown.topic.title for shown in again.topics if not shown.is_on}
    assert {one.title for one in page.included} <= left_out, "still offered"


def test_a_place_or_a_link_is_needed_so_neither_is_called_optional(coordinator):
    page = coordinator.look().context["page"]
    fields = page.form.fields
    assert all(fields[name].is_alternative for name in ("place", "link", "group"))


def test_who_calls_a_group_is_not_shown_the_draft_of_the_whole_mesa(table, coordinator, group):
    coordinator.post("save")
    page = coordinator.look(grupo=group.pk).context["page"]
    assert page.group.name == "Cadena de frío"
    assert chosen(page) == [table.members[0].full_name, table.coordinator.full_name]


def test_picking_a_group_before_the_day_accuses_nobody_of_a_mistake(coordinator, group):
    drawn = coordinator.post("preview", group=group.pk, of_group="", day="")
    assert "No se envió" not in drawn.content.decode()
    assert "No se envió" in coordinator.post("send", day="").content.decode()
