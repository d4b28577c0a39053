"""Asking the worker for what takes long: the names of its tasks, which `tasks` defines."""

from procrastinate.contrib.django import app

READ, STORE = "read_execution", "store_execution"


def queue_reading(import_id: int) -> None:
    """Read the file of an import; part of the caller's transaction."""
    app.configure_task(READ).defer(import_id=import_id)


def queue_storing(import_id: int, actor_id: int) -> None:
    """Store what waits of an import, for whoever accepted it; part of the caller's transaction."""
    app.configure_task(STORE).defer(import_id=import_id, actor_id=actor_id)
