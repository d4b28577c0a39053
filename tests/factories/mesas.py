"""Mesas, their people and their meetings, as small as the database allows."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.mesas.models import (
    Accreditation,
    AgendaItem,
    Designation,
    Meeting,
    Mesa,
    Participant,
)
from tests.factories.institutions import make_institution, make_sector, make_user

AT = datetime(2026, 10, 10, 15, 0, tzinfo=UTC)
SINCE = date(2026, 1, 12)


def make_mesa(sector: Sector | None = None, **fields: object) -> Mesa:
    """A constituted mesa."""
    values = {
        "due_since": date(2022, 9, 1),
        "constituted_on": SINCE,
        "constitution_act": "Acta 1-2026",
        **fields,
    }
    return Mesa.objects.create(sector=sector or make_sector(), **values)


def designate(mesa: Mesa, person: User, duty: str, **fields: object) -> Designation:
    values = {"act": "Oficio 12-2026", "since": SINCE, "designated_by": person, **fields}
    return Designation.objects.create(mesa=mesa, person=person, duty=duty, **values)


def make_coordinator(mesa: Mesa, person: User | None = None) -> User:
    """Somebody who coordinates the mesa technically."""
    coordinator = person or make_user()
    designate(mesa, coordinator, Designation.Duty.TECHNICAL_COORDINATOR)
    return coordinator


def accredit(mesa: Mesa, institution: Institution | None = None, **fields: object) -> Accreditation:
    """A technical representative in the institution's next seat."""
    place = institution or make_institution()
    taken = Accreditation.objects.filter(mesa=mesa, institution=place).count()
    number = Accreditation.objects.count() + 1
    values = {
        "level": "technical",
        "seat": taken + 1,
        "full_name": f"Integrante {number}",
        "position": "Planificación",
        "email": f"integrante{number}@demo.hn",
        "phone": "+504 2222-0000",
        "letter": "Oficio 7-2026",
        "since": SINCE,
        "accredited_at": AT,
        **fields,
    }
    # By somebody else: a seat its own holder made gives no headship.
    values.setdefault("accredited_by", make_user())
    return Accreditation.objects.create(mesa=mesa, institution=place, **values)


def make_meeting(mesa: Mesa, **fields: object) -> Meeting:
    """A meeting convened for nine days later; `state` and the rest as asked."""
    by = fields.pop("by", None) or make_user()
    starts_at = fields.pop("starts_at", AT + timedelta(days=9))
    values = {
        "level": "technical",
        "state": "convened",
        "number": Meeting.objects.filter(mesa=mesa).count() + 1,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "place": "Centro Cívico, torre 1, sala 4B",
        "uid": uuid4(),
        "prepared_by": by,
        "prepared_at": AT,
        "convened_by": by,
        "convened_at": AT,
        "first_convened_at": AT,
        **fields,
    }
    return Meeting.objects.create(mesa=mesa, **values)


def call(meeting: Meeting, accreditation: Accreditation, **fields: object) -> Participant:
    """A member called to a meeting; `token` opens their answer."""
    values = {
        "institution": accreditation.institution,
        "institution_name": accreditation.institution.name,
        "person": accreditation.person,
        "standing": Participant.Standing.ACCREDITED,
        "full_name": accreditation.full_name,
        "email": accreditation.email,
        "token": f"llave-{uuid4()}",
        **fields,
    }
    return Participant.objects.create(meeting=meeting, accreditation=accreditation, **values)


def add_item(meeting: Meeting, title: str = "Abastecimiento", **fields: object) -> AgendaItem:
    position = meeting.agenda.count() + 1
    return AgendaItem.objects.create(meeting=meeting, position=position, title=title, **fields)
