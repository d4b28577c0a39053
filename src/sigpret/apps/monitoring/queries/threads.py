"""What was said of a datum, in its order, and whose turn it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import Comment, ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import can_comment, can_read_report
from sigpret.apps.monitoring.queries.people import Correspondent, correspondents
from sigpret.methodology.periods import Period


class Turn(StrEnum):
    """Who has to speak next in a thread."""

    INSTITUTION = "institution"
    REVIEW = "review"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Said:
    """One comment. `kind` is remark, observation (the datum was returned) or answer."""

    id: int
    kind: str
    text: str
    author_id: int
    author: str
    position: str
    written_at: datetime
    is_from_review: bool
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation about one datum. `can_write`: this person may add to it."""

    value_id: int
    institution_name: str
    turn: Turn
    comments: tuple[Said, ...]
    people: tuple[Correspondent, ...]
    can_write: bool


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread in a list: its datum, its last comment and whose turn it is.

    `key` names the row in its report's sheet; `comments` counts them all.
    """

    value_id: int
    report_id: int
    institution_id: int
    institution_code: str
    institution_name: str
    period: Period
    key: str
    code: str
    name: str
    value: Decimal | None
    state: str
    last: Said
    comments: int
    turn: Turn


def thread_of(value_id: int, *, access: Access, on: date) -> Thread | None:
    """The thread of a datum; None when there is no such datum or it may not be read.

    Four statements. Somebody of another institution reads nothing.
    """
    value = ReportedValue.objects.select_related("report__institution").filter(pk=value_id).first()
    if value is None or not can_read_report(access, value.report.institution_id):
        return None
    institution = value.report.institution
    comments = comments_of([value_id])
    is_writer = can_comment(access, institution.pk)
    return Thread(
        value_id=value_id,
        institution_name=institution.acronym or institution.name,
        turn=turn_of(value.state, comments[-1] if comments else None),
        comments=comments,
        people=correspondents(institution, on=on) if is_writer else (),
        can_write=is_writer,
    )


def comments_of(value_ids: Iterable[int]) -> tuple[Said, ...]:
    """Every comment of some values, oldest first."""
    found = Comment.objects.filter(value_id__in=value_ids).order_by("written_at", "pk")
    return tuple(map(said, with_people(found)))


def with_people(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related("author").prefetch_related("mentions")


def said(comment: Comment) -> Said:
    return Said(
        id=comment.pk,
        kind=comment.kind,
        text=comment.text,
        author_id=comment.author_id,
        author=comment.author.full_name,
        position=comment.author.position,
        written_at=comment.written_at,
        is_from_review=comment.is_from_review,
        mentions=tuple(person.full_name for person in comment.mentions.all()),
    )


def turn_of(state: str, last: Said | None) -> Turn:
    """Whoever did not speak last; nobody once the datum is validated, or nothing was said."""
    if last is None or state == ReportState.VALIDATED:
        return Turn.NOBODY
    return Turn.INSTITUTION if last.is_from_review else Turn.REVIEW


def threads(*, access: Access, period: Period | None = None) -> tuple[ThreadLine, ...]:
    """The threads this person may read, the one that waits longest first; three statements."""
    last = Comment.objects.filter(readable(access))
    if period is not None:
        last = last.filter(value__period=period.code)
    last = last.order_by("value_id", "-written_at", "-pk").distinct("value_id")
    comments = {comment.value_id: said(comment) for comment in with_people(last)}
    rows = ReportedValue.objects.filter(pk__in=comments).annotate(said=Count("comments"))
    lines = (thread_line(row, comments) for row in rows.values(*LINE_FIELDS, "said"))
    return tuple(sorted(lines, key=lambda line: (line.last.written_at, line.value_id)))


def readable(access: Access) -> Q:
    """Everything for who reads the country; their own institutions' for the others."""
    if can_read_report(access, 0):
        return Q()
    return Q(value__report__institution_id__in=access.institutions)


OBJECTIVE = "product__operational_objective__objective__number"
LINE_FIELDS = (
    "pk",
    "report_id",
    "report__institution_id",
    "report__institution__code",
    "report__institution__name",
    "period",
    "product_id",
    "product__number",
    "product__name",
    OBJECTIVE,
    "indicator_id",
    "indicator__goal__code",
    "indicator__goal__text",
    "value",
    "state",
)


def thread_line(row: dict[str, Any], comments: dict[int, Said]) -> ThreadLine:
    last = comments[row["pk"]]
    key, code, name = subject_of(row)
    return ThreadLine(
        value_id=row["pk"],
        report_id=row["report_id"],
        institution_id=row["report__institution_id"],
        institution_code=row["report__institution__code"],
        institution_name=row["report__institution__name"],
        period=Period.parse(row["period"]),
        key=key,
        code=code,
        name=name,
        value=row["value"],
        state=row["state"],
        last=last,
        comments=row["said"],
        turn=turn_of(row["state"], last),
    )


def subject_of(row: dict[str, Any]) -> Sequence[str]:
    """The key, the code and the name of the product or indicator of a row."""
    if row["product_id"]:
        code = f"{row[OBJECTIVE]}.{row['product__number']}"
        return f"product-{row['product_id']}", code, row["product__name"]
    code = row["indicator__goal__code"]
    return f"indicator-{row['indicator_id']}", code, row["indicator__goal__text"]
