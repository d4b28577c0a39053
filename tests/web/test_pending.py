"""What a person has to do, whoever says it."""

from datetime import datetime, timedelta

import pytest

from sigpret.web import pending
from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.pending import PendingTask, pending_tasks, split_by_week

NOW = datetime(2026, 10, 13, 9, 0, tzinfo=TEGUCIGALPA)


def task(title: str, days: float | None = None) -> PendingTask:
    due_at = None if days is None else NOW + timedelta(days=days)
    return PendingTask(title, "/x/", "Abrir", due_at=due_at)


@pytest.fixture
def no_providers(monkeypatch):
    monkeypatch.setattr(pending, "_PROVIDERS", [])


@pytest.mark.usefixtures("no_providers")
def test_the_nearest_deadline_comes_first_and_none_comes_last():
    pending.register(lambda access, now: [task("sin fecha"), task("viernes", 3)])
    pending.register(lambda access, now: [task("vencida", -1)])
    assert [str(t.title) for t in pending_tasks(None, NOW)] == ["vencida", "viernes", "sin fecha"]


@pytest.mark.usefixtures("no_providers")
def test_a_provider_registered_twice_answers_once():
    def provider(access, now):
        return [task("una")]

    pending.register(provider)
    pending.register(provider)
    assert len(pending_tasks(None, NOW)) == 1


def test_what_is_overdue_belongs_to_this_week_and_never_disappears():
    overdue, soon, later, undated = task("a", -20), task("b", 7), task("c", 8), task("d")
    assert split_by_week([overdue, soon, later, undated], NOW) == (
        (overdue, soon),
        (later, undated),
    )
