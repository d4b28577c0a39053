"""What the administration sees: the words of each kind, and the mail that did not go out."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from sigpret.apps.notices.kinds import Kind, Text, all_kinds, find_kind
from sigpret.apps.notices.models import Delivery, NoticeTemplate
from sigpret.apps.notices.permissions import Access, check_can_administer_notices

LISTED = 100


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """The words used for a kind today; `version` 0 while they are the kind's own."""

    kind: Kind
    subject: Text
    text: Text
    version: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A mail that was not sent: no address and no text, which are the person's."""

    pk: int
    kind_label: Text
    person: str
    state: str
    state_label: Text
    attempts: int
    problem: str
    at: datetime
    may_retry: bool


@dataclass(frozen=True, slots=True)
class MailRoom:
    """How many mails are in each state, and those not sent, failures first."""

    counts: dict[str, int]
    unsent: tuple[DeliveryLine, ...]


def templates(access: Access) -> tuple[TemplateFacts, ...]:
    """The words of every kind. Raises PermissionDenied."""
    check_can_administer_notices(access)
    written = {row.kind: row for row in NoticeTemplate.objects.all()}
    return tuple(facts_of(kind, written.get(kind.code)) for kind in all_kinds())


def template_facts(access: Access, code: str) -> TemplateFacts | None:
    """The words of one kind; None for an unknown one. Raises PermissionDenied."""
    check_can_administer_notices(access)
    kind = find_kind(code)
    return facts_of(kind, NoticeTemplate.objects.filter(kind=code).first()) if kind else None


def facts_of(kind: Kind, written: NoticeTemplate | None) -> TemplateFacts:
    if written is None:
        return TemplateFacts(kind, kind.subject, kind.text, 0)
    return TemplateFacts(kind, written.subject, written.text, written.version)


def mail_room(access: Access) -> MailRoom:
    """The state of the mail. Raises PermissionDenied."""
    check_can_administer_notices(access)
    counted = Delivery.objects.order_by().values_list("state").annotate(n=Count("pk"))
    unsent = Delivery.objects.exclude(state=Delivery.State.SENT).select_related("notice__recipient")
    lines = [line_of(delivery) for delivery in unsent[:LISTED]]
    return MailRoom(dict(counted), tuple(sorted(lines, key=lambda line: not line.may_retry)))


def line_of(delivery: Delivery) -> DeliveryLine:
    kind = find_kind(delivery.notice.kind)
    return DeliveryLine(
        pk=delivery.pk,
        kind_label=kind.label if kind else delivery.notice.kind,
        person=str(delivery.notice.recipient),
        state=delivery.state,
        state_label=delivery.get_state_display(),
        attempts=delivery.attempts,
        problem=delivery.last_error,
        at=delivery.notice.created_at,
        may_retry=delivery.state == Delivery.State.FAILED,
    )
