"""What the rounds leave in the list of each person of DIGER."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.actions.changes import Wanted, request_change
from sigpret.apps.monitoring.pending_rounds import round_tasks
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry, access

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


def titles(person):
    return [str(task.title) for task in round_tasks(access(person), NOW)]


def test_an_extension_to_decide_waits_for_the_administration(ministry):
    actions.request_extension(
        actor=ministry.registrar,
        access=access(ministry.registrar),
        institution=ministry.institution,
        period=Q3,
        reason="Incendio.",
        at=NOW,
    )
    assert titles(ministry.administrator) == ["Decidir 1 prórroga"]
    assert titles(ministry.analyst) == titles(ministry.registrar) == []


def test_a_first_confirmation_waits_for_another_person(ministry):
    ministry.validate_everything()
    ministry.confirm()
    assert titles(ministry.administrator) == ["Confirmar y cerrar el III\u00a0trimestre"]
    assert titles(ministry.director) == []
    actions.close_round(
        actor=ministry.administrator,
        access=access(ministry.administrator),
        period=Q3,
        at=DEADLINE,
    )
    assert titles(ministry.administrator) == []


def test_a_change_waits_for_whoever_did_not_ask_it(ministry):
    ministry.validate_everything()
    ministry.close()
    request_change(
        actor=ministry.registrar,
        access=access(ministry.registrar),
        wanted=Wanted(
            institution=ministry.institution,
            period=Q3,
            product_id=ministry.product.pk,
            indicator_id=None,
            new_value=Decimal(5),
            reason="Llegó el acta.",
        ),
        at=DEADLINE + timedelta(days=1),
    )
    assert titles(ministry.analyst) == ["Decidir 1 solicitud de cambio"]
    assert titles(ministry.registrar) == []
