"""What the people of the mesas ask of an institution and of an analyst."""

from datetime import date

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.pending_people import people_tasks
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.mesas import AT, accredit, designate, make_mesa

pytestmark = pytest.mark.django_db


def titles(person):
    return [str(task.title) for task in people_tasks(access_of(person, on=AT.date()), AT)]


@pytest.fixture
def mesa():
    return make_mesa(make_sector("Salud"))


@pytest.fixture
def ihss(mesa):
    institution = make_institution("SC10", acronym="IHSS")
    institution.sectors.add(mesa.sector)
    return institution


def test_an_institution_is_asked_for_its_people_and_then_for_its_director(mesa, ihss):
    registrar = make_user(Role.REGISTRAR, institution=ihss)
    assert titles(registrar) == ["Acreditar a los representantes de IHSS en la mesa de Salud"]
    accredit(mesa, ihss)
    assert titles(registrar) == ["Acreditar a quien dirige la UPGRET de IHSS en la mesa de Salud"]
    accredit(mesa, ihss, is_planning_director=True)
    assert titles(registrar) == []


def test_the_head_authority_is_not_asked(mesa, ihss):
    assert titles(make_user(Role.APPROVER, institution=ihss)) == []


def test_an_analyst_sees_which_of_their_mesas_waits():
    waiting = make_mesa(make_sector("Vivienda"), constituted_on=None, constitution_act="")
    make_mesa(make_sector("Otra"), constituted_on=None, constitution_act="")
    later = make_mesa(
        make_sector("Turismo"), constituted_on=None, due_since=date(2027, 1, 1), constitution_act=""
    )
    karla = make_user(Role.ANALYST)
    for mesa in (waiting, later):
        designate(mesa, karla, Designation.Duty.ANALYST)
    assert titles(karla) == ["Constituir la mesa de Vivienda"]
