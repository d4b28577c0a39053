"""Writes about notices. Whoever has something to say calls `notify`, and nothing else."""

from sigpret.apps.notices.actions.feeds import make_feed, revoke_feed
from sigpret.apps.notices.actions.notify import notify
from sigpret.apps.notices.actions.preferences import mute, save_preferences
from sigpret.apps.notices.actions.reading import mark_read, open_notice
from sigpret.apps.notices.actions.retrying import retry_delivery
from sigpret.apps.notices.actions.templates import (
    StaleTemplateError,
    UnknownWordsError,
    restore_template,
    write_template,
)

__all__ = [
    "StaleTemplateError",
    "UnknownWordsError",
    "make_feed",
    "mark_read",
    "mute",
    "notify",
    "open_notice",
    "restore_template",
    "retry_delivery",
    "revoke_feed",
    "save_preferences",
    "write_template",
]
