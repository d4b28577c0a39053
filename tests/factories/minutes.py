"""A convened meeting with people, and its minutes at each step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.agreeing import Agreed, add_agreement
from sigpret.apps.mesas.actions.conformity import answer_conformity, ask_conformity
from sigpret.apps.mesas.actions.distribution import distribute
from sigpret.apps.mesas.actions.notes import save_notes
from sigpret.apps.mesas.actions.session import start_session
from sigpret.apps.mesas.models import Agreement, Meeting, Mesa, Participant
from sigpret.apps.mesas.queries.standing import Standing, standing_in
from tests.factories.institutions import make_institution
from tests.factories.mesas import AT, add_item, make_coordinator, make_meeting, make_mesa


@dataclass
class Scene:
    """A mesa with its coordinator and a convened meeting of three institutions."""

    mesa: Mesa
    coordinator: User
    institutions: list[Institution]
    meeting: Meeting
    people: list[Participant]

    @property
    def standing(self) -> Standing:
        return self.standing_of(self.coordinator)

    def standing_of(self, person: User) -> Standing:
        on = self.meeting.starts_at.date()
        return standing_in(self.mesa, access_of(person, on=on), on=on)

    @property
    def who(self) -> dict[str, object]:
        """The first arguments of every action on this meeting."""
        return {
            "actor": self.coordinator,
            "standing": self.standing,
            "meeting_id": self.meeting.pk,
        }

    @property
    def item(self):
        return self.meeting.agenda.first()

    def fresh(self) -> Meeting:
        self.meeting.refresh_from_db()
        return self.meeting


def make_scene(sector: Sector | None = None, *, people: int = 3, **fields: object) -> Scene:
    """Convened for AT, one topic, `people` participants of as many institutions."""
    mesa = make_mesa(sector)
    coordinator = make_coordinator(mesa)
    fields.setdefault("starts_at", AT)
    meeting = make_meeting(mesa, by=coordinator, **fields)
    add_item(meeting)
    institutions = [make_institution() for _number in range(people)]
    mesa.sector.institutions.add(*institutions)
    called = [call(meeting, place) for place in institutions]
    return Scene(mesa, coordinator, institutions, meeting, called)


def call(meeting: Meeting, institution: Institution | None = None, **fields: object) -> Participant:
    """Somebody called to a meeting."""
    number = Participant.objects.count() + 1
    values = {
        "standing": "accredited",
        "full_name": f"Persona {number}",
        "position": "Dirección de Planificación",
        "email": f"persona{number}@demo.hn",
        "token": f"llave-{number}",
        "institution": institution,
        "institution_name": institution.name if institution else "",
        **fields,
    }
    return Participant.objects.create(meeting=meeting, **values)


def agreed_on(scene: Scene, **fields: object) -> Agreed:
    """Something agreed, due a month after the session."""
    values = {
        "text": "Solicitar la compra de emergencia",
        "institution_id": scene.institutions[0].pk,
        "responsible": scene.people[0].full_name,
        "due_on": day_after(scene.meeting.starts_at, 30),
        "expected_result": "38 renglones comprados",
        **fields,
    }
    return Agreed(**values)


def day_after(moment: datetime, days: int) -> date:
    return (moment + timedelta(days=days)).date()


def start(scene: Scene, *, at: datetime = AT) -> Scene:
    start_session(**scene.who, at=at)
    scene.fresh()
    return scene


def agree(scene: Scene, *, at: datetime = AT, **fields: object) -> Agreement:
    return add_agreement(
        **scene.who, item_id=scene.item.pk, agreed=agreed_on(scene, **fields), at=at
    )


def write(scene: Scene, text: str = "Se revisó el abastecimiento.", *, at: datetime = AT) -> None:
    field = str(scene.item.pk)
    save_notes(**scene.who, field=field, text=text, base=scene.item.notes, at=at)


def ask(scene: Scene, *, at: datetime = AT) -> Scene:
    """Held, written, agreed, and everybody asked."""
    if scene.fresh().state == "convened":
        start(scene)
        write(scene)
        agree(scene)
    ask_conformity(**scene.who, at=at)
    scene.fresh()
    return scene


def conform(scene: Scene, *people: Participant, at: datetime = AT) -> None:
    for person in people or scene.people:
        answer_conformity(token=person.token, at=at, version_number=scene.fresh().text_version)


def make_distributed(scene: Scene | None = None, *, at: datetime = AT) -> Scene:
    """Minutes that went out with everybody's conformity."""
    scene = scene or make_scene()
    ask(scene, at=at)
    conform(scene, at=at)
    distribute(**scene.who, at=at)
    scene.fresh()
    return scene
