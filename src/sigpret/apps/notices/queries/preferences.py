"""What one person wants to be told, and how."""

from collections.abc import Collection
from dataclasses import dataclass

from sigpret.apps.accounts.roles import Role
from sigpret.apps.notices.kinds import Channel, Kind, Mode, Text, all_kinds
from sigpret.apps.notices.models import CalendarFeed, Preference


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """A kind of notice with what the person chose, or what the kind says when they did not.

    `has_app` is false for what only travels by e-mail.
    """

    code: str
    label: Text
    app: Mode
    email: Mode
    has_app: bool


def preferences_of(user_id: int, roles: Collection[Role]) -> tuple[PreferenceRow, ...]:
    """A row for each kind that concerns these roles, as they were registered; one statement."""
    chosen = {
        (row.kind, row.channel): Mode(row.mode)
        for row in Preference.objects.filter(user_id=user_id)
    }
    return tuple(row_of(kind, chosen) for kind in all_kinds() if kind.concerns(roles))


def row_of(kind: Kind, chosen: dict[tuple[str, str], Mode]) -> PreferenceRow:
    return PreferenceRow(
        code=kind.code,
        label=kind.label,
        app=chosen.get((kind.code, Channel.APP), Mode.AT_ONCE),
        email=chosen.get((kind.code, Channel.EMAIL), kind.email),
        has_app=kind.is_listed,
    )


def living_feed(user_id: int) -> CalendarFeed | None:
    """The calendar address the person has now; its token is not kept anywhere."""
    return CalendarFeed.objects.filter(user_id=user_id, revoked_at=None).first()
