"""What waits for somebody in the open quarter, so that every screen has its state to show."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from sigpret.demonstration.people import AWAITING
from sigpret.demonstration.quarters import NOW, OPEN
from sigpret.demonstration.rows import GoalRow, ProductRow, ReportRow, ValueRow

TO_APPROVE = "to_approve"
#: Sent to be reviewed with their two counts; of the last one nothing was programmed nor done.
COMPUTED = ("MI-002-03", "MI-SC05-08", "MI-SC18-07")
NOTHING_OF_NOTHING = COMPUTED[-1]
WHY = ("demand", "En el trimestre no se programó ningún caso ni se presentó ninguno.")
EXPLAINED = ("budget", "La cuota del trimestre se recibió al final del período.")


def with_waiting(
    reports: Iterable[ReportRow], answers_for: Sequence[GoalRow | ProductRow]
) -> tuple[ReportRow, ...]:
    """The reports with one that waits for its head authority, complete, and a value without a
    denominator. `answers_for` is what that institution reports."""
    return tuple(waiting(report, answers_for) for report in reports)


def waiting(report: ReportRow, answers_for: Sequence[GoalRow | ProductRow]) -> ReportRow:
    if report.period != OPEN:
        return report
    if report.institution == AWAITING and report.submitted_at is None:
        return prepared(report, answers_for)
    values = tuple(map(without_denominator, report.values))
    return replace(report, values=values)


def prepared(report: ReportRow, answers_for: Sequence[GoalRow | ProductRow]) -> ReportRow:
    """Everything written and left with whoever approves it, yesterday."""
    at = NOW - timedelta(days=1, hours=2)
    due = [subject for subject in answers_for if OPEN in subject.planned]
    values = tuple(value_of(subject, place) for place, subject in enumerate(due))
    return replace(report, state=TO_APPROVE, prepared_at=at, values=values)


def value_of(subject: GoalRow | ProductRow, place: int) -> ValueRow:
    done = subject.executed.get(OPEN)
    category, cause = subject.causes.get(OPEN, EXPLAINED)
    return ValueRow(
        goal=subject.code if isinstance(subject, GoalRow) else None,
        product=subject.code if isinstance(subject, ProductRow) else None,
        value=subject.planned[OPEN] if done is None else done,
        state=TO_APPROVE,
        cause_category=category,
        cause=cause,
        reported_at=NOW - timedelta(days=2, minutes=7 * place),
    )


def without_denominator(value: ValueRow) -> ValueRow:
    if value.goal != NOTHING_OF_NOTHING or value.state != "submitted":
        return value
    return replace(value, value=None, has_no_denominator=True, cause_category=WHY[0], cause=WHY[1])
