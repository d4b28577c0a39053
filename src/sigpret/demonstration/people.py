"""Everybody in the demonstration is invented, and says so: `is_demo`, and an address of their own.

A fixed cast plays every role; each other institution has one invented planner who signs its
reports, whom nobody can enter as.
"""

from collections.abc import Sequence
from random import Random

from sigpret.demonstration.catalogue import InstitutionFact
from sigpret.demonstration.rows import Person
from sigpret.demonstration.texts import column

DOMAIN = "demo.hn"
HEALTH = "S18"
DIGER, SESAL = "414", "060"
#: Tourism: its report of the open quarter waits for whoever approves it.
AWAITING = "SC33"
ANALYST = f"karla.mejia@{DOMAIN}"
SECOND_ANALYST = f"nelson.pineda@{DOMAIN}"
ADMINISTRATOR = f"hector.paz@{DOMAIN}"
DIRECTOR = f"rosa.elvir@{DOMAIN}"

CAST = (
    Person(f"luis.benitez@{DOMAIN}", "Luis Benítez", "UPGRET de DIGER", "registrar", DIGER),
    Person(f"julia.maradiaga@{DOMAIN}", "Julia Maradiaga", "Dirección de DIGER", "approver", DIGER),
    Person(
        f"sofia.lanza@{DOMAIN}", "Sofía Lanza", "Dirección superior de Turismo", "approver",
        AWAITING,
    ),
    Person(f"oscar.rivera@{DOMAIN}", "Óscar Rivera", "UPGRET de Salud", "registrar", SESAL),
    Person(ANALYST, "Karla Mejía", "Analista de DIGER", "analyst"),
    Person(SECOND_ANALYST, "Nelson Pineda", "Analista de DIGER", "analyst"),
    Person(f"elena.ordonez@{DOMAIN}", "Elena Ordóñez", "Estadística de DIGER", "statistician"),
    Person(ADMINISTRATOR, "Héctor Paz", "Administración de DIGER", "administrator"),
    Person(DIRECTOR, "Rosa Elvir", "Dirección de evaluación de DIGER", "administrator"),
    Person(
        f"marta.zuniga@{DOMAIN}", "Marta Zúniga", "Coordinación técnica de la mesa de Salud",
        "mesa_coordinator", sector=HEALTH,
    ),
    Person(
        f"ramon.carias@{DOMAIN}", "Ramón Carías", "Integrante de la mesa de Salud",
        "mesa_member", sector=HEALTH,
    ),
    Person(
        f"ivonne.elvir@{DOMAIN}", "Ivonne Elvir", "Coordinación política de la mesa de Salud",
        "political_coordinator", sector=HEALTH,
    ),
    Person(f"presidencia@{DOMAIN}", "Despacho Presidencial", "Presidencia", "presidency"),
    Person(f"rosa.aguilera@{DOMAIN}", "Rosa Aguilera", "Auditoría", "auditor"),
)  # fmt: skip


def registrar_of(institution: str) -> str:
    """The address of the person who reports for an institution."""
    for person in CAST:
        if person.role == "registrar" and person.institution == institution:
            return person.email
    return f"upgret.{institution.lower()}@{DOMAIN}"


def invent_people(institutions: Sequence[InstitutionFact], rng: Random) -> tuple[Person, ...]:
    """The cast first, then the planners of the other institutions."""
    played = {person.institution for person in CAST if person.role == "registrar"}
    taken = {person.full_name for person in CAST}
    others = tuple(
        planner(institution, invent_name(taken, rng))
        for institution in institutions
        if institution.code not in played
    )
    return CAST + others


def planner(institution: InstitutionFact, name: str) -> Person:
    return Person(
        email=registrar_of(institution.code),
        full_name=name,
        position=f"UPGRET de {institution.acronym or institution.name}",
        role="registrar",
        institution=institution.code,
    )


def invent_name(taken: set[str], rng: Random) -> str:
    """A given name and two family names nobody in the demonstration has yet."""
    given = column("names", "part", "given", "name")
    family = column("names", "part", "family", "name")
    while True:
        name = " ".join([rng.choice(given), *rng.sample(family, 2)])
        if name not in taken:
            taken.add(name)
            return name
