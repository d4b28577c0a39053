"""The facts the guidelines are judged by, of many mesas at once; nothing is judged here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, Q

from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.models import (
    Accreditation,
    AgendaItem,
    Agreement,
    Meeting,
    Mesa,
    MesaProduct,
    Strategy,
    WorkPlan,
)
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries.minutes_content import CAME
from sigpret.apps.reference.queries import holidays_between
from sigpret.methodology.mesas.agreements import was_on_time
from sigpret.methodology.mesas.compliance import MesaFacts, Session
from sigpret.web.dates import day_of

OPEN = (Agreement.State.PENDING, Agreement.State.IN_PROGRESS)
#: Somebody in the room.
CAME_IN = Q(participants__removed_at=None, participants__attendance__in=CAME)
#: Prepared is not called yet; cancelled is as if nobody had been called.
CALLED = ~Q(state__in=("prepared", "cancelled"))


@dataclass(slots=True)
class _Gathered:
    """What each statement found, by mesa."""

    plans: dict[int, date] = field(default_factory=dict)
    sessions: defaultdict[int, list[Session]] = field(default_factory=lambda: defaultdict(list))
    delegates: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    crowded: defaultdict[int, dict[str, date]] = field(default_factory=lambda: defaultdict(dict))
    agreements: defaultdict[int, dict[str, date]] = field(default_factory=lambda: defaultdict(dict))
    proposals: defaultdict[int, dict[str, date]] = field(default_factory=lambda: defaultdict(dict))
    fulfilled: defaultdict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    with_agreements: set[int] = field(default_factory=set)
    with_proposals: set[int] = field(default_factory=set)


def facts_of(mesas: Sequence[Mesa], *, on: date) -> Mapping[int, MesaFacts]:
    """The facts of each mesa on a day, by its id; at most nine statements for all of them.

    The work plan is that of the year of that day; sessions too, and those of before whose minutes
    have not gone out. What a fact is named by:
    a meeting its number, an agreement `7.3`, an institution its acronym, a proposal its title.
    """
    ids = [mesa.pk for mesa in mesas]
    found = _Gathered()
    _read_plans(found, ids, on.year)
    _read_sessions(found, ids, on)
    _read_delegates(found, ids, on)
    _read_agreements(found, ids)
    _read_proposals(found, ids)
    themes = CrossCuttingTheme.objects.filter(is_permanent=True).values_list("code", flat=True)
    known = holidays_between(date(on.year - 1, 12, 1), date(on.year + 1, 1, 31))
    permanent, holidays = frozenset(themes), frozenset(day.date for day in known)
    return {mesa.pk: _facts(mesa, found, permanent, holidays) for mesa in mesas}


def _facts(
    mesa: Mesa, found: _Gathered, permanent: frozenset[str], holidays: frozenset[date]
) -> MesaFacts:
    return MesaFacts(
        due_since=mesa.due_since,
        constituted_on=mesa.constituted_on,
        plan_in_force_on=found.plans.get(mesa.pk),
        sessions=tuple(found.sessions[mesa.pk]),
        delegates=found.delegates[mesa.pk],
        crowded_since=found.crowded[mesa.pk],
        permanent_themes=permanent,
        has_agreements=mesa.pk in found.with_agreements,
        agreements=found.agreements[mesa.pk],
        fulfilled_on_time=tuple(found.fulfilled[mesa.pk]),
        has_proposals=mesa.pk in found.with_proposals,
        proposals=found.proposals[mesa.pk],
        holidays=holidays,
    )


def _read_plans(found: _Gathered, ids: Iterable[int], year: int) -> None:
    rows = WorkPlan.objects.filter(mesa__in=ids, year=year, in_force_at__isnull=False)
    for mesa_id, moment in rows.order_by("-number").values_list("mesa_id", "in_force_at"):
        if moment is not None:
            found.plans[mesa_id] = day_of(moment)


def _read_sessions(found: _Gathered, ids: Iterable[int], on: date) -> None:
    """Meetings of the whole mesa: a working group convenes as it sees fit."""
    rows = Meeting.objects.filter(
        CALLED, mesa__in=ids, group__isnull=True, convened_at__isnull=False
    )
    rows = rows.filter(Q(starts_at__year=on.year) | Q(distributed_at=None)).annotate(
        topics=Count("agenda", filter=Q(agenda__is_unplanned=False), distinct=True),
        called=Count("participants", filter=Q(participants__removed_at=None), distinct=True),
        came=Count("participants", filter=CAME_IN, distinct=True),
    )
    meetings = list(rows.order_by("starts_at"))
    themes = _themes_of(meetings)
    for meeting in meetings:
        found.sessions[meeting.mesa_id].append(
            Session(
                key=str(meeting.number),
                called_on=_day(meeting.day_called_at or meeting.convened_at) or on,
                meets_on=day_of(meeting.starts_at),
                topics=meeting.topics,
                themes=frozenset(themes[meeting.pk]),
                finished_on=_finished_on(meeting, on),
                was_held=meeting.started_at is not None and not _was_called_off(meeting),
                distributed_on=_day(meeting.distributed_at),
            )
        )


def _finished_on(meeting: Meeting, on: date) -> date | None:
    """The day a session ended; the planned one when that day passed and nobody closed it, or even
    opened it: forgetting a session does not stop the days of its minutes. One that was written
    down as not held never ended."""
    if _was_called_off(meeting):
        return None
    if meeting.finished_at is not None:
        return day_of(meeting.finished_at)
    planned = day_of(meeting.ends_at)
    return planned if planned < on else None


def _was_called_off(meeting: Meeting) -> bool:
    """Its minutes say that nobody met: it began, it was closed, and nobody came."""
    counted = meeting.__dict__
    return meeting.finished_at is not None and counted["called"] > 0 and not counted["came"]


def _themes_of(meetings: Iterable[Meeting]) -> Mapping[int, set[str]]:
    links = AgendaItem.themes.through.objects.filter(
        agendaitem__meeting__in=[meeting.pk for meeting in meetings]
    )
    themes: defaultdict[int, set[str]] = defaultdict(set)
    pairs = links.values_list("agendaitem__meeting_id", "crosscuttingtheme__code")
    for meeting_id, code in pairs:
        themes[meeting_id].add(code)
    return themes


def _read_delegates(found: _Gathered, ids: Iterable[int], on: date) -> None:
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    rows = Accreditation.objects.filter(
        in_force,
        mesa__in=ids,
        level=Level.TECHNICAL,
        ended_on__isnull=True,
        since__lte=on,
        is_exception=False,
    )
    names = ("mesa_id", "institution__acronym", "institution__name")
    for row in rows.values(*names).annotate(n=Count("pk"), last=Max("since")).order_by():
        name = row["institution__acronym"] or row["institution__name"]
        found.delegates[row["mesa_id"]][name] = row["n"]
        found.crowded[row["mesa_id"]][name] = row["last"]


def _read_agreements(found: _Gathered, ids: Iterable[int]) -> None:
    rows = Agreement.objects.filter(mesa__in=ids, is_final=True)
    names = ("mesa_id", "state", "due_on", "meeting__number", "number", "fulfilled_on")
    for mesa_id, state, due_on, meeting, number, fulfilled_on in rows.values_list(*names):
        found.with_agreements.add(mesa_id)
        if fulfilled_on is not None and state == Agreement.State.FULFILLED:
            found.fulfilled[mesa_id].append(was_on_time(fulfilled_on, due_on))
        if state in OPEN:
            found.agreements[mesa_id][f"{meeting}.{number}"] = due_on


def _read_proposals(found: _Gathered, ids: Iterable[int]) -> None:
    """What the technical level put to the political one: products, strategies."""
    for model in (MesaProduct, Strategy):
        rows = model._default_manager.filter(mesa__in=ids, proposed_at__isnull=False)
        listed = rows.values_list("mesa_id", "title", "state", "proposed_at")
        for mesa_id, title, state, proposed_at in listed:
            found.with_proposals.add(mesa_id)
            if state == MesaProduct.State.PROPOSED and proposed_at is not None:
                found.proposals[mesa_id][title] = day_of(proposed_at)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else day_of(moment)
