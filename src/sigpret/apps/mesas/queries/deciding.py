"""How far something proposed to the political level went: who proposed, who decided, why."""

from dataclasses import dataclass
from datetime import date, datetime

from sigpret.apps.mesas.models import MesaProduct, Strategy
from sigpret.web.dates import day_of


@dataclass(frozen=True, slots=True)
class Decided:
    """The way of a proposal; `days` since it was proposed while it waits, else 0."""

    state: str
    state_label: str
    written_by: str
    written_at: datetime
    proposed_by: str
    proposed_by_id: int | None
    proposed_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    days: int

    @property
    def is_writable(self) -> bool:
        return self.state in ("draft", "returned")


def decided_of(row: MesaProduct | Strategy, on: date) -> Decided:
    """What the row says of itself; its people are already joined."""
    is_waiting = row.state == "proposed" and row.proposed_at is not None
    return Decided(
        state=row.state,
        state_label=str(row.get_state_display()),
        written_by=str(row.written_by),
        written_at=row.written_at,
        proposed_by=str(row.proposed_by or ""),
        proposed_by_id=row.proposed_by_id,
        proposed_at=row.proposed_at,
        decided_by=str(row.decided_by or ""),
        decided_at=row.decided_at,
        reason=row.decision_reason,
        days=(on - day_of(row.proposed_at)).days if is_waiting and row.proposed_at else 0,
    )
