"""Who may be entered as in the demonstration, one line each."""

from dataclasses import dataclass

from sigpret.demonstration.people import CAST


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented person somebody can enter as; `description` says what they do, in Spanish."""

    role: str
    name: str
    email: str
    description: str


#: What each person of the cast is there to show.
DESCRIPTIONS = {
    "luis.benitez": "registra y envía los avances de DIGER (414); importa su POA 2026",
    "julia.maradiaga": "máxima autoridad de DIGER (414): responde por lo que se envía",
    "sofia.lanza": "máxima autoridad de Turismo (SC33): tiene un reporte por aprobar",
    "oscar.rivera": "registra y envía los avances de la Secretaría de Salud (060)",
    "karla.mejia": "analista de DIGER: valida o devuelve lo reportado",
    "nelson.pineda": "analista de DIGER: valida o devuelve lo reportado",
    "elena.ordonez": "estadística de DIGER: revisa series y proyecciones",
    "hector.paz": "administración de DIGER: abre y cierra trimestres",
    "rosa.elvir": "dirección de evaluación de DIGER: confirma el cierre del trimestre",
    "marta.zuniga": "coordina la mesa sectorial de Salud",
    "ramon.carias": "integra la mesa sectorial de Salud",
    "ivonne.elvir": "coordinación política de la mesa sectorial de Salud",
    "presidencia": "ve todo el país y decide",
    "rosa.aguilera": "auditoría: ve todo el país; no decide nada",
}


def accounts_by_role() -> list[DemoAccount]:
    """The cast of the demonstration, in the order the sign-in page offers it."""
    return [
        DemoAccount(
            role=person.role,
            name=person.full_name,
            email=person.email,
            description=DESCRIPTIONS[person.email.partition("@")[0]],
        )
        for person in CAST
    ]
