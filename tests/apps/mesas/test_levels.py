"""The two levels of a mesa: who is called to each."""

import pytest

from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.queries.invitees import invitees
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, accredit, designate, make_mesa

pytestmark = pytest.mark.django_db
Duty = Designation.Duty
TODAY = AT.date()


@pytest.fixture
def mesa():
    mesa, health = make_mesa(), make_institution()
    mesa.sector.institutions.add(health)
    accredit(mesa, health, full_name="Ana, de planificación")
    accredit(mesa, health, full_name="Ministra", level="political")
    for duty, name in (
        (Duty.TECHNICAL_COORDINATOR, "Coordina lo técnico"),
        (Duty.POLITICAL_COORDINATOR, "Coordina lo político"),
        (Duty.ANALYST, "Analista"),
        (Duty.SUPPORT, "Apoyo"),
    ):
        designate(mesa, make_user(full_name=name), duty)
    return mesa


@pytest.mark.parametrize(
    ("level", "called"),
    [
        ("technical", {"Ana, de planificación", "Coordina lo técnico", "Analista", "Apoyo"}),
        ("political", {"Ministra", "Coordina lo técnico", "Coordina lo político", "Analista"}),
    ],
)
def test_each_level_is_called_on_its_own(mesa, level, called):
    """«Las Mesas Sectoriales, se organizarán en dos niveles: Nivel Técnico – Operativo, Nivel
    Político»"""
    assert {one.full_name for one in invitees(mesa, level, on=TODAY)} == called
