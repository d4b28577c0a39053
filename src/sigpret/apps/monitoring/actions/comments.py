"""Saying something about a datum. Nothing that was said is edited or taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.telling import tell_comment
from sigpret.apps.monitoring.models import Comment, ReportedValue
from sigpret.apps.monitoring.permissions import can_review, check_can_comment
from sigpret.apps.monitoring.queries.people import correspondents, named_in
from sigpret.apps.monitoring.queries.rounds import local_day

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class WrittenComment:
    """What is kept. `is_new` False: the same words were already the last ones of this person."""

    comment_id: int
    kind: str
    mentions: frozenset[int]
    is_new: bool


class EmptyCommentError(Exception):
    """A comment says something, in at most a thousand characters."""


@transaction.atomic
def add_comment(
    *,
    actor: User,
    access: Access,
    value_id: int,
    text: str,
    at: datetime,
    mention_ids: Collection[int] = (),
) -> WrittenComment:
    """Add to the thread of a datum; the people it names are told.

    Named are those of `mention_ids` and those the text calls with `@`, as far as they belong to
    the institution or to the review. What the institution says after the review has spoken is an
    answer. Sending the same words twice in a row is one comment.
    Raises PermissionDenied, EmptyCommentError, ReportedValue.DoesNotExist.
    """
    value = held_thread(value_id)
    check_can_comment(access, value.report.institution_id)
    text = checked(text)
    last = value.comments.order_by("-written_at", "-pk").first()
    if last is not None and (last.author_id, last.text) == (actor.pk, text):
        return WrittenComment(last.pk, last.kind, frozenset(), is_new=False)
    mentions = called(value, text, mention_ids, actor, at)
    comment = Comment.objects.create(
        value=value,
        kind=kind_of(value, is_from_review=can_review(access)),
        text=text,
        author=actor,
        written_at=at,
        is_from_review=can_review(access),
    )
    comment.mentions.set(mentions)
    tell_comment(comment, mentions=mentions)
    record(
        actor=actor,
        action="monitoring.comment_added",
        subject_type="progress_report",
        subject_id=value.report_id,
        payload={
            "value_id": value_id,
            "comment_id": comment.pk,
            "kind": comment.kind,
            "text": text,
            "mentions": sorted(mentions),
        },
    )
    return WrittenComment(comment.pk, comment.kind, mentions, is_new=True)


def held_thread(value_id: int) -> ReportedValue:
    """The datum, held: two comments are written one after the other."""
    found: ReportedValue = (
        ReportedValue.objects.select_for_update(of=("self",), no_key=True)
        .select_related("report__institution")
        .get(pk=value_id)
    )
    return found


def checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise EmptyCommentError(_("Escriba el comentario."))
    if len(text) > LONGEST:
        raise EmptyCommentError(_("Resuma el comentario en 1,000 caracteres."))
    return text


def called(
    value: ReportedValue, text: str, mention_ids: Collection[int], actor: User, at: datetime
) -> frozenset[int]:
    """Who is named, never the author: outsiders cannot be called into a draft."""
    people = correspondents(value.report.institution, on=local_day(at))
    asked = {person.user_id for person in people} & set(mention_ids)
    return (named_in(text, people) | asked) - {actor.pk}


def kind_of(value: ReportedValue, *, is_from_review: bool) -> str:
    if is_from_review:
        return Comment.Kind.REMARK
    is_answer = value.comments.filter(is_from_review=True).exists()
    return Comment.Kind.ANSWER if is_answer else Comment.Kind.REMARK
