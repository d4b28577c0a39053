"""The states of a meeting as data: what may follow what."""

from sigpret.apps.mesas.models.meeting import MeetingState

#: From each state, the ones that may follow. Minutes are never undone: another meeting corrects.
TRANSITIONS: dict[str, frozenset[str]] = {
    MeetingState.PREPARED: frozenset({MeetingState.CONVENED}),
    MeetingState.CONVENED: frozenset(
        {MeetingState.RESCHEDULED, MeetingState.IN_SESSION, MeetingState.CANCELLED}
    ),
    MeetingState.RESCHEDULED: frozenset(
        {MeetingState.RESCHEDULED, MeetingState.IN_SESSION, MeetingState.CANCELLED}
    ),
    MeetingState.IN_SESSION: frozenset({MeetingState.DRAFT}),
    MeetingState.DRAFT: frozenset({MeetingState.CONFORMITY}),
    MeetingState.CONFORMITY: frozenset({MeetingState.CONFORMITY, MeetingState.DISTRIBUTED}),
    MeetingState.DISTRIBUTED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}

#: Called, and not held yet.
AWAITED = frozenset({MeetingState.CONVENED, MeetingState.RESCHEDULED})
#: The text of its minutes may still change.
WRITABLE = frozenset({MeetingState.IN_SESSION, MeetingState.DRAFT, MeetingState.CONFORMITY})


def may_become(state: str, following: str) -> bool:
    """May a meeting in `state` become `following`?"""
    return following in TRANSITIONS[state]
