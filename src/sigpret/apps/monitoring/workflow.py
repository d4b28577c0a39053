"""How a value and its report change state, as data. The diagram in the docs is drawn from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sigpret.apps.monitoring.models.report import ReportState

DRAFT, AWAITING = ReportState.DRAFT, ReportState.AWAITING_APPROVAL
SUBMITTED = ReportState.SUBMITTED
RETURNED, VALIDATED = ReportState.RETURNED, ReportState.VALIDATED


@dataclass(frozen=True, slots=True)
class Transition:
    """`source` becomes `target` when somebody does `event`; `who` and `rule` are for people."""

    event: str
    source: ReportState
    target: ReportState
    who: str
    rule: str = ""


OWN, HEAD = "UPGRET", "máxima autoridad"
EITHER = f"{OWN} o {HEAD}"

TRANSITIONS = (
    Transition("write", DRAFT, DRAFT, EITHER, "antes del cierre del plazo"),
    Transition("prepare", DRAFT, AWAITING, OWN, "nada falta y otra persona aprueba"),
    Transition("submit", DRAFT, SUBMITTED, HEAD, "nada falta; la UPGRET, si nadie más aprueba"),
    Transition("write", AWAITING, DRAFT, EITHER, "antes del cierre del plazo"),
    Transition("approve", AWAITING, SUBMITTED, HEAD, "no es quien lo preparó"),
    Transition("give_back", AWAITING, DRAFT, HEAD, "con una frase"),
    Transition("write", SUBMITTED, DRAFT, EITHER, "nadie ha empezado a revisar el reporte"),
    Transition("validate", SUBMITTED, VALIDATED, "DIGER", "no es parte interesada"),
    Transition("return", SUBMITTED, RETURNED, "DIGER", "con observación"),
    Transition("return", VALIDATED, RETURNED, "DIGER", "con observación, antes del cierre"),
    Transition("write", RETURNED, RETURNED, EITHER, "antes del cierre del plazo"),
    Transition("prepare", RETURNED, AWAITING, OWN, "corregido o explicado; otra persona aprueba"),
    Transition("submit", RETURNED, SUBMITTED, HEAD, "corregido o explicado"),
)

_TARGETS = {(step.event, step.source): step.target for step in TRANSITIONS}

#: A report is as far as its least advanced value; a returned one asks for attention first.
LEAST_ADVANCED = (RETURNED, DRAFT, AWAITING, SUBMITTED, VALIDATED)

#: What the institution has not let go of yet: DIGER decides nothing of it and counts none of it.
UNSENT = frozenset({DRAFT, AWAITING})


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
    "prepare": "pasa a aprobación",
    "submit": "envía",
    "approve": "aprueba y envía",
    "give_back": "devuelve a la UPGRET",
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
alguno, el reporte está devuelto. Al cerrarse el trimestre, lo que quedó en borrador, por
aprobar o devuelto cuenta como «Sin reporte».
"""


def document() -> str:
    """The states as `docs/reference/report-states.md` shows them, in Spanish."""
    return DOCUMENT.format(diagram=diagram(), table="\n".join(map(table_row, TRANSITIONS)))


def diagram() -> str:
    """The states as a Mermaid diagram."""
    return "\n".join(
        [
            "stateDiagram-v2",
            *(f'    state "{state.label}" as {name_of(state)}' for state in LEAST_ADVANCED),
            f"    [*] --> {name_of(DRAFT)}",
            *(f"    {arrow(step)}: {EVENT_WORDS[step.event]}" for step in TRANSITIONS),
            f"    {name_of(VALIDATED)} --> [*]: se cierra el trimestre",
        ]
    )


def arrow(step: Transition) -> str:
    return f"{name_of(step.source)} --> {name_of(step.target)}"


def name_of(state: ReportState) -> str:
    """A state's name in the diagram, where a name is one word."""
    return str(state.label).replace(" ", "_")


def table_row(step: Transition) -> str:
    cells = (step.source.label, step.target.label, step.who, EVENT_WORDS[step.event], step.rule)
    return f"| {' | '.join(map(str, cells))} |"
