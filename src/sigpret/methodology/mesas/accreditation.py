"""Who represents an institution in a mesa, how many, and what a mesa lacks to be constituted.

Lineamientos MESGEPRET (September 2022), "Acreditación de los miembros de la mesa": «En términos
generales, los participantes a nivel técnico operativo de cada mesa no deben ser más de tres (3)
por cada institución, incluyendo al Director (a) de la UPGRET.» The number is `delegates_limit` of
the policy; the political level has no limit, since the head authority is one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Requirement(StrEnum):
    """What a mesa needs before it works, in the order it is obtained."""

    POLITICAL_COORDINATOR = "political_coordinator"
    TECHNICAL_COORDINATOR = "technical_coordinator"
    ANALYST = "analyst"
    SUPPORT = "support"
    ACCREDITED = "accredited"


#: The sentence each requirement answers to.
GUIDELINES: Mapping[Requirement, str] = {
    Requirement.POLITICAL_COORDINATOR: "la Presidencia de la Republica designará dentro del "
    "conjunto de Máximas Autoridades que lo conforman la Mesa, a los respectivos coordinadores.",
    Requirement.TECHNICAL_COORDINATOR: "se deberá de manera consensuada entre las instituciones, "
    "designar al funcionario (a) de alto nivel, responsable de la coordinación técnica de la Mesa.",
    Requirement.ANALYST: "contará para ello con los equipos de analistas asignados a las "
    "diferentes Mesas.",
    Requirement.SUPPORT: "Cada MESGEPRET deberá contar con un equipo de apoyo a nivel operativo.",
    Requirement.ACCREDITED: "cada institución deberá acreditar de manera formal ante la DIGER, a "
    "sus respectivos representantes en la Mesa, con su respectivo cargo y números de contacto.",
}


@dataclass(frozen=True, slots=True)
class Delegation:
    """The technical representatives of one institution. `people` counts all of them, director
    and exceptions included; `exceptions` those let in beyond the limit with a reason."""

    people: int
    limit: int
    exceptions: int = 0
    has_director: bool = False

    @property
    def is_full(self) -> bool:
        """One more would pass the limit."""
        return self.people - self.exceptions >= self.limit

    @property
    def beyond(self) -> int:
        """How many pass the limit, with or without a reason."""
        return max(self.people - self.limit, 0)

    @property
    def is_crowded(self) -> bool:
        """Somebody passes the limit and nobody said why."""
        return self.people - self.exceptions > self.limit

    @property
    def free(self) -> int:
        return max(self.limit - self.people, 0)


def free_seat(taken: Collection[int]) -> int:
    """The lowest seat nobody has; seats count from 1."""
    return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


@dataclass(frozen=True, slots=True)
class Lack:
    """A requirement that is not met; `institutions` (codes) are those still to accredit."""

    requirement: Requirement
    institutions: tuple[str, ...] = ()


def lacks_of(duties: Collection[str], accredited: Mapping[str, int]) -> tuple[Lack, ...]:
    """What is missing before a mesa can be constituted; nothing when it can.

    `duties` are those in force in it; `accredited` counts the technical representatives of each
    of its institutions by code. A sector without institutions cannot be constituted.
    """
    lacks = [
        Lack(requirement)
        for requirement in Requirement
        if requirement is not Requirement.ACCREDITED and requirement not in duties
    ]
    waiting = tuple(sorted(code for code, people in accredited.items() if not people))
    if waiting or not accredited:
        lacks.append(Lack(Requirement.ACCREDITED, waiting))
    return tuple(lacks)
