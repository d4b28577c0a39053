"""Eight quarters of reports: who sent what and when, what was decided, what is still open."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from sigpret.demonstration.people import ANALYST, AWAITING, SECOND_ANALYST, registrar_of
from sigpret.demonstration.quarters import NOW, OPEN, PREVIOUS
from sigpret.demonstration.rows import (
    GoalRow,
    PlanRow,
    ProductRow,
    ReportRow,
    RoundRow,
    ValueRow,
)
from sigpret.demonstration.standing import Standing, standings
from sigpret.demonstration.texts import read
from sigpret.demonstration.waiting import with_waiting

DRAFT, SUBMITTED, RETURNED, VALIDATED = "draft", "submitted", "returned", "validated"
#: A report is as far as its least advanced value.
LEAST_ADVANCED = (RETURNED, DRAFT, SUBMITTED, VALIDATED)
CORRECTED_SHARE = 0.04
NEVER_CORRECTED_SHARE = 0.5
WRITTEN_SHARE = 0.55
DECIDED_SHARE = 0.5
RETURNED_SHARE = 0.25
Reportable = GoalRow | ProductRow


def invent_reports(
    goals: Sequence[GoalRow],
    plans: Sequence[PlanRow],
    rounds: Sequence[RoundRow],
    institutions: Sequence[str],
    rng: Random,
) -> tuple[ReportRow, ...]:
    """Every report of every institution that at least began to write it."""
    leads = {goal.responsible for goal in goals if goal.level == "presidential"}
    standing = standings(institutions, leads, rng)
    answers_for = reportables(goals, plans)
    reports = [
        invent_report(code, held, standing[code, held.period], answers_for.get(code, ()), rng)
        for held in rounds
        for code in institutions
        if standing[code, held.period] is not Standing.ABSENT
    ]
    written = (report for report in reports if report.values)
    return with_waiting(written, answers_for.get(AWAITING, ()))


def reportables(goals: Iterable[GoalRow], plans: Iterable[PlanRow]) -> dict[str, list[Reportable]]:
    """What each institution answers for: the goals it is responsible for, and its products."""
    found: dict[str, list[Reportable]] = {}
    for goal in goals:
        found.setdefault(goal.responsible, []).append(goal)
    for plan in plans:
        found.setdefault(plan.institution, []).extend(plan.products)
    return found


def invent_report(
    institution: str,
    held: RoundRow,
    standing: Standing,
    answers_for: Sequence[Reportable],
    rng: Random,
) -> ReportRow:
    submitted_at = moment_of_sending(held, standing, rng)
    values = [
        value
        for subject in answers_for
        if held.period in subject.executed
        if (value := invent_value(subject, held, standing, submitted_at, rng)) is not None
    ]
    state = next((state for state in LEAST_ADVANCED if state in {v.state for v in values}), DRAFT)
    return ReportRow(
        institution=institution,
        period=held.period,
        state=state,
        reported_by=registrar_of(institution),
        submitted_at=None if standing is Standing.DRAFT else submitted_at,
        values=tuple(values),
    )


def moment_of_sending(held: RoundRow, standing: Standing, rng: Random) -> datetime:
    """In the days of the round; after its deadline when late; never after today."""
    if standing is Standing.LATE:
        return held.closes_at + timedelta(hours=rng.randint(16, 120))
    opened = held.closes_at - timedelta(days=14)
    last = min(held.closes_at, NOW - timedelta(days=2))
    minutes = int((last - opened).total_seconds()) // 60
    return opened + timedelta(minutes=rng.randint(0, minutes))


def invent_value(
    subject: Reportable, held: RoundRow, standing: Standing, submitted_at: datetime, rng: Random
) -> ValueRow | None:
    """The subject's value in the round, in the state it reached; None: nothing was written."""
    state = state_of(subject, held.period, standing, rng)
    if state is None:
        return None
    value = subject.executed[held.period]
    category, cause = subject.causes.get(held.period, ("", ""))
    is_corrected = state == VALIDATED and rng.random() < CORRECTED_SHARE
    replaced = mistaken(subject, held.period) if is_corrected else None
    is_decided = state in {VALIDATED, RETURNED}
    return ValueRow(
        goal=subject.code if isinstance(subject, GoalRow) else None,
        product=subject.code if isinstance(subject, ProductRow) else None,
        # What never became a validated figure was a claim: exactly what was programmed.
        value=subject.planned[held.period] if value is None else value,
        state=state,
        cause_category=category,
        cause=cause,
        observation=rng.choice(read("observations"))["text"] if state == RETURNED else "",
        reported_at=submitted_at - timedelta(minutes=rng.randint(5, 600)),
        decided_by=rng.choice((ANALYST, SECOND_ANALYST)) if is_decided else None,
        decided_at=moment_of_decision(held, submitted_at, rng) if is_decided else None,
        version=1 if replaced is None else rng.randint(2, 3),
        replaced=replaced,
    )


def state_of(subject: Reportable, period: str, standing: Standing, rng: Random) -> str | None:
    """How far one value got, given how far its report got; None: not written at all."""
    is_presidential = isinstance(subject, GoalRow) and subject.level == "presidential"
    if standing is Standing.DRAFT:
        return DRAFT if not is_presidential and rng.random() < WRITTEN_SHARE else None
    if subject.executed[period] is None and period != OPEN:
        is_returned = is_presidential or rng.random() < NEVER_CORRECTED_SHARE
        return RETURNED if is_returned else None
    if is_presidential or standing in {Standing.VALIDATED, Standing.LATE}:
        return VALIDATED
    if standing is Standing.RETURNED and rng.random() < RETURNED_SHARE:
        return RETURNED
    if standing is Standing.PARTLY_DECIDED and rng.random() < DECIDED_SHARE:
        return VALIDATED
    return SUBMITTED


def moment_of_decision(held: RoundRow, submitted_at: datetime, rng: Random) -> datetime:
    """Some days after it was sent, before the closing and before today."""
    last = min(held.closed_at or NOW, NOW)
    return submitted_at + (last - submitted_at) * rng.uniform(0.1, 0.9)


def mistaken(subject: Reportable, period: str) -> Decimal:
    """What was reported first by mistake: the quarter's value added to the one before."""
    before = subject.executed.get(PREVIOUS.get(period, ""))
    return (subject.executed[period] or Decimal(0)) + (before or Decimal(1))
