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


EVENT_WORDS = {
    "write": "escribe",
    "submit": "envía",
    "validate": "valida",
    "return": "devuelve",
}
DOCUMENT = """# Estados de un dato reportado

Dibujado por `sigpret.apps.monitoring.workflow`: no se edita a mano.

```mermaid
{diagram}
```

| de | a | quién | qué hace | regla |
|---|---|---|---|---|
{table}

Un reporte está tan adelantado como el menos adelantado de sus datos; si DIGER devolvió
alguno, el reporte está devuelto. Al cerrarse el trimestre, lo que quedó en borrador o
devuelto cuenta como «Sin reporte».
"""


def document() -> str:
    """The states as `docs/reference/report-states.md` shows them, in Spanish."""
    return DOCUMENT.format(diagram=diagram(), table="\n".join(map(table_row, TRANSITIONS)))


def diagram() -> str:
    """The states as a Mermaid diagram."""
    return "\n".join(
        [
            "stateDiagram-v2",
            f"    [*] --> {DRAFT.label}",
            *(f"    {arrow(step)}: {EVENT_WORDS[step.event]}" for step in TRANSITIONS),
            f"    {VALIDATED.label} --> [*]: se cierra el trimestre",
        ]
    )


def arrow(step: Transition) -> str:
    return f"{step.source.label} --> {step.target.label}"


def table_row(step: Transition) -> str:
    cells = (step.source.label, step.target.label, step.who, EVENT_WORDS[step.event], step.rule)
    return f"| {' | '.join(map(str, cells))} |"
