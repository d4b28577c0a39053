"""Writes about notices. Whoever has something to say calls `notify`, and nothing else."""

from sigpret.apps.notices.actions.notify import notify

__all__ = ["notify"]
