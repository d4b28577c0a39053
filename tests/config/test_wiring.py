"""Whom the neutral parts ask: the worker knows of a person what their screens show."""

import pytest

from sigpret.apps.imports.actions.forgetting import forget_expired_lots
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.actions.reminders import send_due_reminders
from sigpret.apps.notices.actions import cleaning, reminders
from sigpret.apps.notices.duties import duties_of
from sigpret.config import wiring
from sigpret.web.pending import pending_tasks
from tests.apps.world import AT, make_world


@pytest.mark.django_db
def test_a_summary_lists_what_the_page_of_pending_tasks_shows():
    world = make_world()
    for role in ("registrar", "analyst", "administrator"):
        person = world.people[role]
        shown = pending_tasks(access_of(person, on=AT.date()), AT)
        assert [task.title for task in duties_of(person, AT)] == [task.title for task in shown]
    assert duties_of(world.people["analyst"], AT), "somebody has something to do"


def test_the_worker_reminds_whom_the_calendar_says():
    assert wiring.tasks_of
    assert send_due_reminders in reminders._REMINDING


def test_the_worker_removes_the_workbooks_nobody_applied():
    assert forget_expired_lots in cleaning._CLEANING
