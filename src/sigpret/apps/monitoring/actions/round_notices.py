"""What people are told of the round itself: opened, moved, closed, opened again, more time."""

from datetime import datetime

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.institutions.queries import people_of, people_with
from sigpret.apps.monitoring.models import Extension, ReportingRound
from sigpret.apps.monitoring.notice_kinds import (
    EXTENSION_DECIDED,
    EXTENSION_EXPIRED,
    EXTENSION_REQUESTED,
    ROUND_CLOSED,
    ROUND_OPENED,
    ROUND_REOPENED,
)
from sigpret.apps.monitoring.queries.extensions import expired_after_closing
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.apps.notices.actions import notify
from sigpret.methodology.periods import Period
from sigpret.web.dates import deadline_words, period_words
from sigpret.web.navigation import address


def reporters(at: datetime) -> list[User]:
    """Everybody who reports or answers for a report, in any institution."""
    return [person for role in INSTITUTION_ROLES for person in people_with(role, on=local_day(at))]


def tell_opened(held: ReportingRound, at: datetime) -> None:
    tell_deadline(held, at, kind=ROUND_OPENED.code, moment=held.closes_at)


def tell_reopened(held: ReportingRound, at: datetime) -> None:
    """Only when institutions may write again: without a new deadline only DIGER works."""
    if at < held.closes_at:
        tell_deadline(held, at, kind=ROUND_REOPENED.code, moment=held.closes_at)


def tell_deadline(held: ReportingRound, at: datetime, *, kind: str, moment: datetime) -> None:
    """Those who report learn until when they may; once for each deadline."""
    period = Period.parse(held.period)
    notify(
        recipients=reporters(at),
        kind=kind,
        subject_key=f"round:{held.pk}",
        context={
            "period": period_words(period),
            "deadline": deadline_words(moment),
            "due_at": moment,
        },
        url=reverse("monitoring:my_report", args=[period.year, period.number]),
        at=at,
        dedupe_key=f"{kind}:{held.pk}:{held.edition}:{moment.isoformat()}",
    )


def tell_closed(held: ReportingRound, at: datetime) -> None:
    """The figures are official: those who report and those who read the country."""
    readers = [
        person
        for role in (Role.PRESIDENCY, Role.ANALYST, Role.ADMINISTRATOR)
        for person in people_with(role, on=local_day(at))
    ]
    notify(
        recipients=[*reporters(at), *readers],
        kind=ROUND_CLOSED.code,
        subject_key=f"round:{held.pk}",
        context={"period": period_words(Period.parse(held.period))},
        url=address("evaluation:own") or reverse("monitoring:calendar"),
        at=at,
        dedupe_key=f"{ROUND_CLOSED.code}:{held.pk}:{held.edition}",
    )


def tell_extension_requested(extension: Extension, at: datetime) -> None:
    """The administration of DIGER has an extension to decide."""
    period = Period.parse(extension.round.period)
    notify(
        recipients=people_with(Role.ADMINISTRATOR, on=local_day(at)),
        kind=EXTENSION_REQUESTED.code,
        subject_key=f"extension:{extension.pk}",
        context=extension_facts(extension, extension.round.closes_at)
        | {"detail": extension.reason},
        url=reverse(
            "monitoring:extension_decision",
            args=[extension.institution.code, period.year, period.number],
        ),
        at=at,
        dedupe_key=f"{EXTENSION_REQUESTED.code}:{extension.pk}",
    )


def tell_extension_decided(extension: Extension, at: datetime) -> None:
    """The institution learns its deadline, and why in the product."""
    period = Period.parse(extension.round.period)
    is_granted = extension.state == Extension.State.GRANTED
    deadline = extension.until if is_granted and extension.until else extension.round.closes_at
    notify(
        recipients=people_of(extension.institution_id, *INSTITUTION_ROLES, on=local_day(at)),
        kind=EXTENSION_DECIDED.code,
        subject_key=f"extension:{extension.pk}",
        context=extension_facts(extension, deadline)
        | {
            "decision": str(Extension.State(extension.state).label),
            "detail": extension.decision_note,
            "due_at": deadline,
        },
        url=reverse(
            "monitoring:extension", args=[extension.institution.code, period.year, period.number]
        ),
        at=at,
        dedupe_key=f"{EXTENSION_DECIDED.code}:{extension.pk}:{deadline.isoformat()}",
    )


def tell_expired_extensions(*, at: datetime) -> int:
    """The administration learns that an extension ended after its quarter closed; how many.

    Run it as often as wanted: each expiry is told once.
    """
    expired = expired_after_closing(at)
    for extension in expired:
        period, until = Period.parse(extension.round.period), extension.until or at
        notify(
            recipients=people_with(Role.ADMINISTRATOR, on=local_day(at)),
            kind=EXTENSION_EXPIRED.code,
            subject_key=f"extension:{extension.pk}",
            context=extension_facts(extension, until) | {"detail": extension.reason},
            url=reverse(
                "monitoring:extension_decision",
                args=[extension.institution.code, period.year, period.number],
            ),
            at=at,
            dedupe_key=f"{EXTENSION_EXPIRED.code}:{extension.pk}:{until.isoformat()}",
        )
    return len(expired)


def extension_facts(extension: Extension, deadline: datetime) -> dict[str, object]:
    return {
        "institution": extension.institution.name,
        "period": period_words(Period.parse(extension.round.period)),
        "deadline": deadline_words(deadline),
        "subject": extension.institution.name,
    }
