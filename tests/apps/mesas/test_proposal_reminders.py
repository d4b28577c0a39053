"""What waits for the political level is remembered: before its days end, and each week after."""

from datetime import UTC, datetime, timedelta

import pytest

from sigpret.apps.mesas.actions.proposal_reminders import send_proposal_reminders
from sigpret.apps.mesas.models import Designation, Strategy
from sigpret.apps.notices.models import Notice
from tests.factories.institutions import make_user
from tests.factories.mesas import designate, make_mesa

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 18, tzinfo=UTC)


@pytest.fixture
def strategy():
    mesa, author = make_mesa(), make_user()
    designate(mesa, make_user(), Designation.Duty.POLITICAL_COORDINATOR)
    return Strategy.objects.create(
        mesa=mesa,
        title="Compra conjunta",
        problem="Desabasto",
        state="proposed",
        written_by=author,
        written_at=NOON,
        proposed_by=author,
        proposed_at=NOON,
    )


def told_on(day: int) -> int:
    return send_proposal_reminders(at=NOON + timedelta(days=day))


@pytest.mark.parametrize(
    ("days", "told"), [(0, 0), (11, 0), (12, 1), (15, 1), (16, 1), (17, 1), (23, 1)]
)
def test_the_political_level_is_reminded_from_three_days_before(strategy, days, told):
    """«Este nivel, es responsable de la aprobación al más alto nivel de las propuestas
    técnicas.»"""
    assert told_on(days) == told


def test_each_reminder_is_given_once(strategy):
    given = [told_on(day) for day in (12, 13, 15, 16, 17, 22, 23, 24)]
    assert given == [1, 0, 0, 1, 0, 0, 1, 0]
    last = Notice.objects.order_by("pk").last()
    assert last.kind == "proposal_waiting"


def test_what_was_decided_reminds_nobody(strategy):
    Strategy.objects.update(
        state="approved",
        decided_by=make_user(),
        decided_at=NOON,
        decision_reason="Conviene.",
    )
    assert told_on(20) == 0
