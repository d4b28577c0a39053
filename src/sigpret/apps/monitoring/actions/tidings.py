"""Who is told when a report moves: the next person, and those who worked on it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import people_of
from sigpret.apps.monitoring.actions.deadlines import extended_until
from sigpret.apps.monitoring.models import ProgressReport, ReportingRound
from sigpret.apps.monitoring.notice_kinds import REPORT_BACK, REPORT_SENT, REPORT_TO_APPROVE
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import Kind
from sigpret.methodology.periods import Period
from sigpret.web.dates import deadline_words, period_words


def tell_approvers(
    report: ProgressReport, held: ReportingRound, approvers: Iterable[User], at: datetime
) -> None:
    """A report waits for them."""
    tell(REPORT_TO_APPROVE, report, held, approvers, at)


def tell_preparers(report: ProgressReport, held: ReportingRound, at: datetime) -> None:
    """The report came back to those who write it, with what the approver asks for."""
    people = people_of(report.institution_id, Role.REGISTRAR, on=local_day(at))
    tell(REPORT_BACK, report, held, people, at, detail=report.given_back_note)


def tell_institution(
    report: ProgressReport, held: ReportingRound, actor: User, at: datetime
) -> None:
    """The report arrived: everybody of the institution but whoever sent it."""
    roles = (Role.REGISTRAR, Role.APPROVER)
    people = people_of(report.institution_id, *roles, on=local_day(at), besides=actor.pk)
    tell(REPORT_SENT, report, held, people, at, detail=report.receipt)


def tell(
    kind: Kind,
    report: ProgressReport,
    held: ReportingRound,
    people: Iterable[User],
    at: datetime,
    *,
    detail: str = "",
) -> None:
    """One notice of a report, once for each version of it."""
    period = Period.parse(held.period)
    place = [report.institution.code, period.year, period.number]
    name = "monitoring:report" if kind is REPORT_BACK else "monitoring:report_submit"
    deadline = extended_until(held) or held.closes_at
    notify(
        recipients=people,
        kind=kind.code,
        subject_key=f"report:{report.pk}",
        context={
            "institution": report.institution.name,
            "period": period_words(period),
            "deadline": deadline_words(deadline),
            "subject": report.institution.name,
            "detail": detail,
        },
        url=reverse(name, args=place),
        at=at,
        dedupe_key=f"{kind.code}:{report.pk}:{report.version}",
    )
