"""What was put to a level above: what is asked, what was decided, who follows it, until when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from sigpret.apps.accounts.roles import NATIONAL_READERS
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Escalation, Mesa
from sigpret.apps.mesas.queries.mesas import readable_mesas
from sigpret.methodology.mesas.agreements import situation
from sigpret.web.dates import day_of

State, To = Escalation.State, Escalation.To


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter as the register shows it. `is_overdue`: decided, its date passed, not done;
    `days` since it waits while it is open, after its date once it was decided."""

    id: int
    mesa_id: int
    mesa: str
    slug: str
    to: str
    to_label: str
    ask: str
    reason: str
    raised_by: str
    raised_at: datetime
    state: str
    state_label: str
    decision: str
    decided_by: str
    decided_at: datetime | None
    owner_id: int | None
    owner: str
    due_on: date | None
    is_overdue: bool
    days: int
    fulfilled_on: date | None
    outcome: str
    file_name: str
    agreement_id: int | None
    agreement_label: str
    agreement_meeting: int
    agreement_number: int
    agreement_text: str
    bottleneck: str
    bottleneck_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class MatterCounts:
    open: int
    following: int
    overdue: int
    fulfilled: int


def matters(access: Access, *, to: str, on: date) -> tuple[MatterLine, ...]:
    """What was put to a level and this person may read: what waits first, then what is followed,
    each by its date; one or two statements."""
    rows = rows_of(Escalation.objects.filter(to=to))
    if not access.has(*NATIONAL_READERS):
        own = [mesa.pk for mesa in readable_mesas(access, on=on)]
        rows = rows.filter(Q(mesa__in=own) | Q(owner__in=list(access.institutions)))
    return tuple(sorted((line_of(row, on) for row in rows), key=in_order))


def counts_of(lines: tuple[MatterLine, ...]) -> MatterCounts:
    return MatterCounts(
        open=sum(line.state == State.OPEN for line in lines),
        following=sum(line.state == State.DECIDED for line in lines),
        overdue=sum(line.is_overdue for line in lines),
        fulfilled=sum(line.state == State.FULFILLED for line in lines),
    )


def matter_line(matter_id: int, *, on: date) -> MatterLine | None:
    """One matter, or None; who may read it is for the permissions to say."""
    row = rows_of(Escalation.objects.filter(pk=matter_id)).first()
    return line_of(row, on) if row else None


def matters_of_agreement(agreement_id: int, *, on: date) -> tuple[MatterLine, ...]:
    """Where an agreement was raised, newest first; one statement."""
    rows = rows_of(Escalation.objects.filter(agreement=agreement_id))
    return tuple(line_of(row, on) for row in rows.order_by("-raised_at"))


def waiting_for(mesa_ids: set[int] | None, to: str, *, on: date) -> tuple[MatterLine, ...]:
    """What waits for a decision at a level, of some mesas or of all, oldest first."""
    rows = rows_of(Escalation.objects.filter(to=to, state=State.OPEN))
    if mesa_ids is not None:
        rows = rows.filter(mesa__in=mesa_ids)
    return tuple(line_of(row, on) for row in rows.order_by("raised_at"))


def entrusted_to(institution_ids: set[int], *, on: date) -> tuple[MatterLine, ...]:
    """What was decided and these institutions have to do, the nearest date first."""
    rows = rows_of(Escalation.objects.filter(owner__in=institution_ids, state=State.DECIDED))
    return tuple(line_of(row, on) for row in rows.order_by("due_on"))


def mesa_of_matter(matter_id: int) -> Mesa | None:
    return Mesa.objects.select_related("sector").filter(escalations=matter_id).first()


def evidence_of_matter(matter_id: int) -> int | None:
    """The evidence of a fulfilled decision, by its id; None when it has none."""
    found: int | None = (
        Escalation.objects.filter(pk=matter_id).values_list("evidence_id", flat=True).first()
    )
    return found


def owner_choices(mesa: Mesa | None) -> list[tuple[int, str]]:
    """To whom a decision can be entrusted: the mesa's institutions first, then the rest."""
    rows = Institution.objects.order_by("code")
    own = set(rows.filter(sectors=mesa.sector_id).values_list("pk", flat=True)) if mesa else set()
    named = [(row.pk, f"{row.code} · {row.acronym or row.name}") for row in rows]
    return sorted(named, key=lambda pair: pair[0] not in own)


def mesa_choices() -> list[tuple[int, str]]:
    rows = Mesa.objects.select_related("sector").order_by("sector__name")
    return [(mesa.pk, mesa.sector.name) for mesa in rows]


def rows_of(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return rows.select_related(
        "mesa__sector", "agreement__meeting", "bottleneck", "raised_by", "decided_by", "owner",
        "evidence",
    )  # fmt: skip


def line_of(row: Escalation, on: date) -> MatterLine:
    agreement, owner = row.agreement, row.owner
    meeting = agreement.meeting.number or 0 if agreement else 0
    number = agreement.number if agreement else 0
    since = row.due_on if row.state == State.DECIDED and row.due_on else day_of(row.raised_at)
    return MatterLine(
        id=row.pk,
        mesa_id=row.mesa_id,
        mesa=row.mesa.sector.name,
        slug=row.mesa.sector.slug,
        to=row.to,
        to_label=row.get_to_display(),
        ask=row.ask,
        reason=row.reason,
        raised_by=str(row.raised_by),
        raised_at=row.raised_at,
        state=row.state,
        state_label=row.get_state_display(),
        decision=row.decision,
        decided_by=str(row.decided_by) if row.decided_by else "",
        decided_at=row.decided_at,
        owner_id=row.owner_id,
        owner=(owner.acronym or owner.name) if owner else "",
        due_on=row.due_on,
        is_overdue=is_overdue(row, on),
        days=(on - since).days,
        fulfilled_on=row.fulfilled_on,
        outcome=row.outcome,
        file_name=row.evidence.name if row.evidence else "",
        agreement_id=row.agreement_id,
        agreement_label=f"{meeting}.{number}" if agreement else "",
        agreement_meeting=meeting,
        agreement_number=number,
        agreement_text=agreement.text if agreement else "",
        bottleneck=row.bottleneck.title if row.bottleneck else "",
        bottleneck_id=row.bottleneck_id,
        version=row.version,
    )


def is_overdue(row: Escalation, on: date) -> bool:
    """A decision falls due as an agreement does."""
    if row.state != State.DECIDED or row.due_on is None:
        return False
    return situation("pending", row.due_on, on) == "overdue"


ORDER = {State.OPEN: 0, State.DECIDED: 1, State.FULFILLED: 2, State.WITHDRAWN: 3}


def in_order(line: MatterLine) -> tuple[int, bool, date, int]:
    day = line.due_on if line.state == State.DECIDED else day_of(line.raised_at)
    return ORDER[State(line.state)], not line.is_overdue, day or date.max, line.id
