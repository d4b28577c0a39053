"""The list of the mesas: where each one stands, at a glance."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from sigpret.apps.institutions.models import SectorBlock
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Designation, Meeting, Mesa
from sigpret.apps.mesas.queries.agreements import AgreementCounts, counts_by_mesa
from sigpret.apps.mesas.queries.mesas import readable_mesas
from sigpret.apps.mesas.workflow import AWAITED, WRITABLE
from sigpret.apps.reference.queries import holidays_between, policy_on
from sigpret.methodology.mesas.minutes import distribution_deadline
from sigpret.methodology.policy import Policy
from sigpret.web.dates import day_of

#: Minutes older than this are late whatever the holidays were.
YEAR = 366


@dataclass(frozen=True, slots=True)
class MesaLine:
    """A mesa in the list. `blocks` of the axes are (code, name); `next_at` of its next meeting;
    `minutes_due` the day by which the oldest minutes in preparation have to be distributed.
    None where there is none."""

    slug: str
    name: str
    blocks: tuple[tuple[str, str], ...]
    coordinator: str
    constituted_on: date | None
    next_number: int | None
    next_at: datetime | None
    minutes_number: int | None
    minutes_due: date | None
    agreements: AgreementCounts


def mesa_lines(access: Access, *, on: date, at: datetime) -> tuple[MesaLine, ...]:
    """The mesas a person may open, by name; seven statements, whatever their number."""
    mesas = readable_mesas(access, on=on)
    ids = [mesa.pk for mesa in mesas]
    coming, writing = meetings_of(ids, at)
    counts, names = counts_by_mesa(on), coordinators(ids, on)
    blocks = blocks_of_sectors()
    policy = policy_on(on)
    holidays = {row.date for row in holidays_between(on - timedelta(days=YEAR), on)}
    return tuple(
        line_of(
            mesa,
            blocks.get(mesa.sector_id, ()),
            names.get(mesa.pk, ""),
            coming.get(mesa.pk),
            minutes_due(writing.get(mesa.pk), policy, holidays),
            counts.get(mesa.pk, AgreementCounts()),
        )
        for mesa in mesas
    )


def line_of(
    mesa: Mesa,
    blocks: tuple[tuple[str, str], ...],
    coordinator: str,
    coming: Meeting | None,
    minutes: tuple[int | None, date] | None,
    agreements: AgreementCounts,
) -> MesaLine:
    return MesaLine(
        slug=mesa.sector.slug,
        name=mesa.sector.name,
        blocks=blocks,
        coordinator=coordinator,
        constituted_on=mesa.constituted_on,
        next_number=coming.number if coming else None,
        next_at=coming.starts_at if coming else None,
        minutes_number=minutes[0] if minutes else None,
        minutes_due=minutes[1] if minutes else None,
        agreements=agreements,
    )


def meetings_of(ids: list[int], at: datetime) -> tuple[dict[int, Meeting], dict[int, Meeting]]:
    """By mesa: the next meeting, and the oldest that ended without its minutes; one statement."""
    rows = Meeting.objects.filter(mesa__in=ids, state__in=AWAITED | WRITABLE)
    coming: dict[int, Meeting] = {}
    writing: dict[int, Meeting] = {}
    for row in rows.order_by("starts_at"):
        if row.state in AWAITED and row.ends_at > at:
            coming.setdefault(row.mesa_id, row)
        elif row.state in WRITABLE and row.finished_at is not None:
            writing.setdefault(row.mesa_id, row)
    return coming, writing


def minutes_due(
    meeting: Meeting | None, policy: Policy, holidays: Collection[date]
) -> tuple[int | None, date] | None:
    """Which minutes are to be distributed and by which day."""
    if meeting is None or meeting.finished_at is None:
        return None
    deadline = distribution_deadline(
        day_of(meeting.finished_at),
        days=policy.minutes_days,
        kind=policy.minutes_day_kind,
        holidays=holidays,
    )
    return meeting.number, deadline


def coordinators(ids: list[int], on: date) -> dict[int, str]:
    """Who coordinates each mesa technically on a day; one statement."""
    rows = Designation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        mesa__in=ids,
        duty=Designation.Duty.TECHNICAL_COORDINATOR,
        since__lte=on,
    )
    return dict(rows.values_list("mesa", "person__full_name"))


def blocks_of_sectors() -> dict[int, tuple[tuple[str, str], ...]]:
    """The blocks (code, name) of the axes each sector stands in, in order; one statement."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = SectorBlock.objects.order_by("block__code")
    for sector, code, name in rows.values_list("sector", "block__code", "block__name"):
        found[sector].append((code, name))
    return {sector: tuple(names) for sector, names in found.items()}
