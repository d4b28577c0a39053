"""How an annual plan and a change of its programming change state, as data."""

from dataclasses import dataclass

from sigpret.apps.planning.models.change import PlanChangeState as Change
from sigpret.apps.planning.models.plan import PlanState


@dataclass(frozen=True, slots=True)
class Step:
    """`source` becomes `target` when somebody does `event`; `who` and `rule` are for people."""

    event: str
    source: str
    target: str
    who: str
    rule: str = ""


OWN, HEAD, DIGER = "UPGRET", "máxima autoridad", "DIGER"

PLAN_TRANSITIONS = (
    Step("submit", PlanState.DRAFT, PlanState.SUBMITTED, OWN, "ningún error de coherencia"),
    Step("submit", PlanState.RETURNED, PlanState.SUBMITTED, OWN, "lo observado, atendido"),
    Step("approve", PlanState.SUBMITTED, PlanState.APPROVED, HEAD, "no es quien lo envió"),
    Step("return", PlanState.SUBMITTED, PlanState.RETURNED, HEAD, "con motivo"),
    Step("accept", PlanState.APPROVED, PlanState.ACCEPTED, DIGER, "no es parte"),
    Step("return", PlanState.APPROVED, PlanState.RETURNED, DIGER, "con observaciones"),
    Step("lock", PlanState.ACCEPTED, PlanState.LOCKED, DIGER, "desde el día del bloqueo"),
)

CHANGE_TRANSITIONS = (
    Step("submit", Change.PREPARING, Change.SUBMITTED, OWN, "con motivo"),
    Step("submit", Change.RETURNED, Change.SUBMITTED, OWN, "con motivo"),
    Step("approve", Change.SUBMITTED, Change.APPROVED, HEAD, "otra persona"),
    Step("return", Change.SUBMITTED, Change.RETURNED, HEAD, "con motivo"),
    Step("accept", Change.APPROVED, Change.ACCEPTED, DIGER, "no es parte"),
    Step("return", Change.APPROVED, Change.RETURNED, DIGER, "con motivo"),
    Step("refuse", Change.APPROVED, Change.REFUSED, DIGER, "con motivo"),
    Step("withdraw", Change.PREPARING, Change.WITHDRAWN, OWN),
    Step("withdraw", Change.SUBMITTED, Change.WITHDRAWN, OWN),
    Step("withdraw", Change.RETURNED, Change.WITHDRAWN, OWN),
)

_PLAN_AFTER = {(step.event, step.source): step.target for step in PLAN_TRANSITIONS}
_CHANGE_AFTER = {(step.event, step.source): step.target for step in CHANGE_TRANSITIONS}

#: The institution is still writing it. A plan nobody has sent yet may be imported over.
WRITABLE_PLANS = frozenset({PlanState.DRAFT, PlanState.RETURNED})


def plan_after(event: str, state: str) -> str | None:
    """The state of a plan after `event`; None when it may not happen from `state`."""
    return _PLAN_AFTER.get((event, state))


def change_after(event: str, state: str) -> str | None:
    """The state of a change after `event`; None when it may not happen from `state`."""
    return _CHANGE_AFTER.get((event, state))
