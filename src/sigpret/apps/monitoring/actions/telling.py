"""Telling people what the review said of a datum, inside the change that says it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import Comment, ProgressReport, ReportedValue
from sigpret.apps.monitoring.queries.people import Correspondent, correspondents
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.apps.monitoring.queries.threads import LINE_FIELDS, subject_of
from sigpret.apps.notices.actions import notify
from sigpret.methodology.periods import Period
from sigpret.web.dates import deadline_words, period_words


@dataclass(frozen=True, slots=True)
class Addressed:
    """A datum as a notice speaks of it, and where each side reads it."""

    institution: Institution
    code: str
    name: str
    period: Period
    report_url: str
    review_url: str

    @property
    def facts(self) -> dict[str, object]:
        return {
            "code": self.code,
            "name": self.name,
            "period": period_words(self.period),
            "subject": f"{self.code} {self.name}",
        }

    def url_for(self, person: Correspondent) -> str:
        return self.review_url if person.is_reviewer else self.report_url


def addressed(value_id: int) -> Addressed:
    """The datum with the addresses of both sides; two statements."""
    row: dict[str, Any] = ReportedValue.objects.values(*LINE_FIELDS).get(pk=value_id)
    key, code, name = subject_of(row)
    period = Period.parse(row["period"])
    place = [row["report__institution__code"], period.year, period.number]
    review = reverse("monitoring:review", args=[row["report_id"]])
    return Addressed(
        institution=Institution.objects.get(pk=row["report__institution_id"]),
        code=code,
        name=name,
        period=period,
        report_url=f"{reverse('monitoring:report', args=place)}?dato={key}#{key}",
        review_url=f"{review}?dato={key}",
    )


def tell_returned(value_id: int, observation: str, *, deadline: datetime, at: datetime) -> None:
    """The people of the institution learn that a datum came back, and until when it can be
    corrected; the reason is read in the product."""
    datum = addressed(value_id)
    people = correspondents(datum.institution, on=local_day(at))
    notify(
        recipients=[person.user_id for person in people if not person.is_reviewer],
        kind="value_returned",
        subject_key=f"value:{value_id}",
        context=datum.facts | {"deadline": deadline_words(deadline), "detail": observation},
        url=datum.report_url,
        at=at,
        dedupe_key=f"value_returned:{value_id}:{at.isoformat()}",
    )


def tell_finished(report: ProgressReport, *, validated: int, returned: int, at: datetime) -> None:
    """The people of the institution learn how the review of their report ended."""
    period = Period.parse(report.round.period)
    people = correspondents(report.institution, on=local_day(at))
    notify(
        recipients=[person.user_id for person in people if not person.is_reviewer],
        kind="review_finished",
        subject_key=f"report:{report.pk}",
        context={
            "institution": report.institution.acronym or report.institution.name,
            "period": period_words(period),
            "validated": validated,
            "returned": returned,
        },
        url=reverse(
            "monitoring:report", args=[report.institution.code, period.year, period.number]
        ),
        at=at,
        dedupe_key=f"review_finished:{report.pk}:{at.isoformat()}",
    )


def tell_comment(comment: Comment, *, mentions: Collection[int]) -> None:
    """Who was named is told so; the other side of the conversation, that there is something new."""
    datum = addressed(comment.value_id)
    people = correspondents(datum.institution, on=local_day(comment.written_at))
    others = other_side(comment, people) - {*mentions, comment.author_id}
    for person in people:
        if person.user_id in mentions:
            tell_one(comment, datum, person, "mention")
        elif person.user_id in others:
            tell_one(comment, datum, person, "comment")


def other_side(comment: Comment, people: Iterable[Correspondent]) -> set[int]:
    """The institution's people when the review speaks; else those of the review who already did,
    or decided, or took the report."""
    if comment.is_from_review:
        return {person.user_id for person in people if not person.is_reviewer}
    spoke = comment.value.comments.filter(is_from_review=True)
    decider = comment.value.decided_by_id
    return {*spoke.values_list("author_id", flat=True), *([decider] if decider else [])}


def tell_one(comment: Comment, datum: Addressed, person: Correspondent, kind: str) -> None:
    notify(
        recipients=[person.user_id],
        kind=kind,
        subject_key=f"value:{comment.value_id}",
        context=datum.facts | {"detail": f"{comment.author}: «{comment.text}»"},
        url=datum.url_for(person),
        at=comment.written_at,
        dedupe_key=f"{kind}:{comment.pk}",
    )
