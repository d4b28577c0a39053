"""The 22 mesas with their people: 21 constituted, Vivienda on its way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution, Membership, Sector
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa, WorkingGroup
from sigpret.demonstration.people import ANALYST, DOMAIN, SECOND_ANALYST, invent_name, registrar_of
from sigpret.demonstration.quarters import TEGUCIGALPA
from sigpret.demonstration.texts import slug_of

DUE_SINCE = date(2026, 1, 31)
SINCE = date(2026, 1, 12)
CONSTITUTED = date(2026, 1, 27)
ACCREDITED_AT = datetime(2026, 1, 20, 10, 0, tzinfo=TEGUCIGALPA)
HEALTH, HOUSING = "S18", "S22"
COORDINATOR, POLITICAL = f"marta.zuniga@{DOMAIN}", f"ivonne.elvir@{DOMAIN}"
MEMBER = f"ramon.carias@{DOMAIN}"
IHSS, IHADFA, SESAL = "SC10", "SC12", "060"
POSTS = (
    "Dirección de la UPGRET",
    "Jefatura de programación",
    "Coordinación de estadística",
    "Asesoría técnica",
)
#: How many each institution accredited where it is not three.
SEATS = {(HEALTH, IHSS): 4, (HEALTH, IHADFA): 2, (HOUSING, "033"): 3, (HOUSING, "024"): 1}
EXCEPTION = "Compra y almacena medicamentos en dos direcciones: cada una envía a quien responde."
Duty = Designation.Duty
COORDINATIONS = (Duty.POLITICAL_COORDINATOR, Duty.TECHNICAL_COORDINATOR)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who may be given a place, and the chance that names the rest."""

    people: Mapping[str, User]
    taken: set[str]
    rng: Random

    def invent(self, email: str, position: str) -> User:
        """Somebody with an account nobody enters."""
        name = invent_name(self.taken, self.rng)
        user = User(email=email, full_name=name, position=position, is_demo=True, is_active=False)
        user.set_unusable_password()
        return user


def store_mesas(people: Mapping[str, User]) -> dict[str, Mesa]:
    """The mesas with their designations, accreditations and groups; by the sector's code."""
    cast = Cast(people, {person.full_name for person in people.values()}, Random("mesas"))
    sectors = list(Sector.objects.order_by("code"))
    mesas = {sector.code: mesa_of(sector, people[ANALYST]) for sector in sectors}
    Mesa.objects.bulk_create(mesas.values())
    members = {
        sector.code: list(Institution.objects.filter(sectors=sector).order_by("code"))
        for sector in sectors
    }
    store_designations(cast, mesas, members)
    store_accreditations(cast, mesas, members)
    store_groups(mesas[HEALTH], people[COORDINATOR])
    return mesas


def mesa_of(sector: Sector, analyst: User) -> Mesa:
    if sector.code == HOUSING:
        return Mesa(sector=sector, due_since=DUE_SINCE)
    return Mesa(
        sector=sector,
        due_since=DUE_SINCE,
        constituted_on=CONSTITUTED,
        constitution_act=f"Acta de constitución MESGEPRET-{sector.code}-2026",
        constituted_by=analyst,
    )


def store_designations(
    cast: Cast, mesas: Mapping[str, Mesa], members: Mapping[str, Sequence[Institution]]
) -> None:
    """Who coordinates, accompanies and supports each mesa, with the role that goes with it."""
    coordinators = {
        (code, duty): coordinator(cast, code, duty)
        for code in mesas
        for duty in COORDINATIONS
        if (code, duty) != (HOUSING, Duty.TECHNICAL_COORDINATOR)
    }
    User.objects.bulk_create(user for user in coordinators.values() if user.pk is None)
    Membership.objects.bulk_create(
        Membership(
            user=user,
            role="mesa_coordinator" if duty == Duty.TECHNICAL_COORDINATOR else str(duty),
            sector_id=mesas[code].sector_id,
            valid_from=SINCE,
        )
        for (code, duty), user in coordinators.items()
        if not user.is_active
    )
    Designation.objects.bulk_create(
        row
        for number, code in enumerate(mesas)
        for row in designations_of(
            cast,
            mesas[code],
            members[code],
            {duty: coordinators.get((code, duty)) for duty in COORDINATIONS},
            cast.people[ANALYST if number % 2 else SECOND_ANALYST],
        )
    )


def designations_of(
    cast: Cast,
    mesa: Mesa,
    members: Sequence[Institution],
    coordinators: Mapping[str, User | None],
    analyst: User,
) -> Iterator[Designation]:
    for duty, person in coordinators.items():
        if person is not None:
            yield designation(mesa, duty, person, members[0], analyst)
    yield designation(mesa, Duty.ANALYST, analyst, None, analyst)
    for one in members[:2]:
        yield designation(mesa, Duty.SUPPORT, cast.people[registrar_of(one.code)], one, analyst)


def coordinator(cast: Cast, code: str, duty: str) -> User:
    """The cast's in Salud; an invented official elsewhere."""
    technical = duty == Duty.TECHNICAL_COORDINATOR
    if code == HEALTH:
        return cast.people[COORDINATOR if technical else POLITICAL]
    kind, post = ("tecnica", "Subsecretaría") if technical else ("politica", "Secretaría de Estado")
    return cast.invent(f"coordinacion.{kind}.{code.lower()}@{DOMAIN}", post)


def designation(
    mesa: Mesa, duty: str, person: User, institution: Institution | None, by: User
) -> Designation:
    acts = {
        Duty.POLITICAL_COORDINATOR: "Oficio SP-031-2026 de la Presidencia de la República",
        Duty.TECHNICAL_COORDINATOR: "Acta de designación de las máximas autoridades, 12-01-2026",
        Duty.ANALYST: "Memorando DIGER-008-2026",
        Duty.SUPPORT: "Nota de las UPGRET de la mesa, 12-01-2026",
    }
    return Designation(
        mesa=mesa,
        duty=duty,
        person=person,
        institution=institution,
        act=acts[Duty(duty)],
        since=SINCE,
        designated_by=by,
    )


def store_accreditations(
    cast: Cast, mesas: Mapping[str, Mesa], members: Mapping[str, Sequence[Institution]]
) -> None:
    """Three per institution, with its planning director; Salud shows each thing that differs."""
    rows = [
        row
        for code, mesa in mesas.items()
        for institution in members[code]
        for row in (
            *technical_seats(cast, mesa, code, institution),
            *political_seat(cast, mesa, code, institution),
        )
    ]
    Accreditation.objects.bulk_create(rows)
    substitute(cast, mesas[HEALTH])


def technical_seats(
    cast: Cast, mesa: Mesa, code: str, institution: Institution
) -> Iterator[Accreditation]:
    how_many = SEATS.get((code, institution.code), 0 if code == HOUSING else 3)
    for seat in range(1, how_many + 1):
        is_director = seat == 1 and (code, institution.code) != (HEALTH, IHADFA)
        person = cast.people[registrar_of(institution.code)] if is_director else None
        if (code, institution.code, seat) == (HEALTH, IHSS, 2):
            person = cast.people[MEMBER]
        yield accreditation(
            cast,
            mesa,
            institution,
            person=person,
            seat=seat,
            position=POSTS[0] if is_director else POSTS[max(seat - 1, 1)],
            is_planning_director=is_director,
            is_exception=seat > 3,
            exception_reason=EXCEPTION if seat > 3 else "",
        )


def political_seat(
    cast: Cast, mesa: Mesa, code: str, institution: Institution
) -> Iterator[Accreditation]:
    """The head authority, of constituted mesas."""
    if code == HOUSING:
        return
    is_ours = (code, institution.code) == (HEALTH, SESAL)
    yield accreditation(
        cast,
        mesa,
        institution,
        person=cast.people[POLITICAL] if is_ours else None,
        seat=1,
        position="Máxima autoridad",
        level="political",
    )


def accreditation(
    cast: Cast,
    mesa: Mesa,
    institution: Institution,
    *,
    person: User | None,
    seat: int,
    position: str,
    **fields: object,
) -> Accreditation:
    name = person.full_name if person else invent_name(cast.taken, cast.rng)
    values = {
        "level": "technical",
        "full_name": name,
        "position": position,
        "email": person.email if person else f"{slug_of(name).replace('-', '.')}@{DOMAIN}",
        "phone": f"+504 2200-{cast.rng.randrange(10_000):04d}",
        "letter": f"Oficio {institution.acronym or institution.code}-{seat:03d}-2026",
        "since": SINCE,
        "accredited_by": cast.people[ANALYST],
        "accredited_at": ACCREDITED_AT,
        **fields,
    }
    return Accreditation(mesa=mesa, institution=institution, person=person, seat=seat, **values)


def substitute(cast: Cast, mesa: Mesa) -> None:
    """The third of SESAL left in July and another took the seat."""
    left = Accreditation.objects.get(mesa=mesa, institution__code=SESAL, level="technical", seat=3)
    left.ended_on, left.end_reason = date(2026, 7, 15), "Pasó a otra dirección de la Secretaría."
    left.save(update_fields=["ended_on", "end_reason"])
    accreditation(
        cast,
        mesa,
        left.institution,
        person=None,
        seat=3,
        position=left.position,
        since=date(2026, 7, 16),
        letter="Oficio SESAL-118-2026",
        accredited_at=datetime(2026, 7, 15, 15, 0, tzinfo=TEGUCIGALPA),
        replaces=left,
    ).save()


def store_groups(mesa: Mesa, coordinator: User) -> None:
    """One group that is preparing its topic and one that delivered."""
    members = list(Accreditation.objects.filter(mesa=mesa, ended_on=None, level="technical"))
    preparing = WorkingGroup.objects.create(
        mesa=mesa,
        name="Abastecimiento de medicamentos",
        scope="Por qué quedan desiertas las licitaciones y qué compra puede adelantarse.",
        deliverable="Propuesta de compra conjunta SESAL–IHSS con su calendario",
        due_on=date(2026, 10, 23),
        created_by=coordinator,
    )
    preparing.members.set(one for one in members if one.seat == 2)
    done = WorkingGroup.objects.create(
        mesa=mesa,
        name="Cadena de frío",
        scope="Estado de las refrigeradoras solares de los establecimientos rurales.",
        deliverable="Inventario con lo que hay que reparar y su costo",
        due_on=date(2026, 8, 14),
        delivered_on=date(2026, 8, 12),
        delivery="Inventario de 21 refrigeradoras: 9 sin servicio, 6 se reparan este año.",
        created_by=coordinator,
    )
    done.members.set(one for one in members if one.seat == 1)
