"""How a value and its report change state, as data. The diagram in the docs is drawn from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sigpret.apps.monitoring.models.report import ReportState

DRAFT, SUBMITTED = ReportState.DRAFT, ReportState.SUBMITTED
RETURNED, VALIDATED = ReportState.RETURNED, ReportState.VALIDATED


@dataclass(frozen=True, slots=True)
class Transition:
    """`source` becomes `target` when somebody does `event`; `who` and `rule` are for people."""

    event: str
    source: ReportState
    target: ReportState
    who: str
    rule: str = ""


TRANSITIONS = (
    Transition("write", DRAFT, DRAFT, "UPGRET", "antes del cierre del plazo"),
    Transition("submit", DRAFT, SUBMITTED, "UPGRET", "nada falta en el reporte"),
    Transition("write", SUBMITTED, DRAFT, "UPGRET", "nadie ha empezado a revisar el reporte"),
    Transition("validate", SUBMITTED, VALIDATED, "DIGER", "no es parte interesada"),
    Transition("return", SUBMITTED, RETURNED, "DIGER", "con observación"),
    Transition("return", VALIDATED, RETURNED, "DIGER", "con observación, antes del cierre"),
    Transition("write", RETURNED, RETURNED, "UPGRET", "antes del cierre del plazo"),
    Transition("submit", RETURNED, SUBMITTED, "UPGRET", "corregido o explicado"),
)

_TARGETS = {(step.event, step.source): step.target for step in TRANSITIONS}

#: A report is as far as its least advanced value; a returned one asks for attention first.
LEAST_ADVANCED = (RETURNED, DRAFT, SUBMITTED, VALIDATED)


def target_of(event: str, source: str) -> ReportState | None:
    """The state after an event, or None when the event is not possible in that state."""
    return _TARGETS.get((event, ReportState(source)))


def sources_of(event: str) -> frozenset[ReportState]:
    """The states in which an event is possible."""
    return frozenset(source for name, source in _TARGETS if name == event)


def state_of_report(values: Iterable[str]) -> ReportState:
    """A report's state from the states of its values; without values it is a draft."""
    present = set(values)
    return next((state for state in LEAST_ADVANCED if state in present), DRAFT)


def diagram() -> str:
    """The states as a Mermaid diagram, in Spanish, for `docs/reference/report-states.md`."""
    lines = ["stateDiagram-v2", f"    [*] --> {DRAFT.label}"]
    for step in TRANSITIONS:
        words = f"{EVENT_WORDS[step.event]} ({step.who})"
        lines.append(f"    {step.source.label} --> {step.target.label}: {words}")
    lines.append(f"    {VALIDATED.label} --> [*]: se cierra el trimestre")
    return "\n".join(lines)


EVENT_WORDS = {
    "write": "escribe",
    "submit": "envía",
    "validate": "valida",
    "return": "devuelve",
}
