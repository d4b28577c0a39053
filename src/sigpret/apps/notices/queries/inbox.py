"""The notices of one person, by what they speak of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.notices.kinds import Text, all_kinds, find_kind
from sigpret.apps.notices.models import Notice

#: Older notices are looked up in the report they speak of, not here.
LISTED = 200


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice as the page shows it; `kind_label` is empty when nobody gives that kind now."""

    pk: int
    kind: str
    kind_label: Text
    icon: str
    title: str
    body: str
    detail: str
    url: str
    at: datetime
    due_at: datetime | None
    is_unread: bool


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """Everything told about one thing, the newest first."""

    key: str
    heading: Text
    lines: tuple[NoticeLine, ...]

    @property
    def unread(self) -> int:
        return sum(line.is_unread for line in self.lines)

    @property
    def newest(self) -> datetime:
        return self.lines[0].at


def unread_count(user_id: int) -> int:
    """How many notices the person has not read; one statement, read from an index."""
    return Notice.objects.filter(recipient_id=user_id, read_at=None).count()


def inbox(user_id: int) -> tuple[NoticeGroup, ...]:
    """The newest 200 notices of a person, grouped; groups with something unread come first."""
    unlisted = [kind.code for kind in all_kinds() if not kind.is_listed]
    notices = Notice.objects.filter(recipient_id=user_id).exclude(kind__in=unlisted)
    groups = grouped(notices[:LISTED])
    return tuple(sorted(groups, key=lambda group: (group.unread == 0, -group.newest.timestamp())))


def grouped(notices: Iterable[Notice]) -> tuple[NoticeGroup, ...]:
    by_key: dict[str, list[Notice]] = {}
    for notice in notices:
        by_key.setdefault(notice.subject_key, []).append(notice)
    return tuple(
        NoticeGroup(key, heading_of(members), tuple(map(line_of, members)))
        for key, members in by_key.items()
    )


def heading_of(notices: list[Notice]) -> Text:
    """What the notices speak of, in the newest words somebody gave it."""
    named = next((notice.subject for notice in notices if notice.subject), "")
    kind = find_kind(notices[0].kind)
    return named or (kind.label if kind else notices[0].title)


def line_of(notice: Notice) -> NoticeLine:
    kind = find_kind(notice.kind)
    return NoticeLine(
        pk=notice.pk,
        kind=notice.kind,
        kind_label=kind.label if kind else "",
        icon=kind.icon if kind else "bell",
        title=notice.title,
        body=notice.body,
        detail=notice.detail,
        url=notice.url,
        at=notice.created_at,
        due_at=notice.due_at,
        is_unread=notice.read_at is None,
    )
