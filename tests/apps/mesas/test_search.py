"""Ctrl K finds mesas and their people, only those a person may open."""

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.search import mesa_actions, mesa_hits
from sigpret.web import clock
from sigpret.web.search import SearchWords
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.mesas import accredit, designate, make_mesa

pytestmark = pytest.mark.django_db


@pytest.fixture
def health():
    return make_mesa(make_sector("Salud"))


def access(person):
    return access_of(person, on=clock.now().date())


def titles(hits):
    return [str(hit.title) for hit in hits]


def test_a_mesa_is_found_by_its_name_and_leads_to_its_summary(health):
    make_mesa(make_sector("Turismo"))
    (hit,) = mesa_hits(access(make_user(Role.AUDITOR)), SearchWords.of("mesa salud"))
    assert str(hit.title) == "Mesa sectorial de Salud"
    assert hit.url == f"/mesas/{health.sector.slug}"


def test_who_does_not_belong_finds_nothing(health):
    accredit(health, full_name="Ana Paz")
    stranger = access(make_user(Role.REGISTRAR, institution=make_institution("999")))
    for who in (stranger, Access()):
        assert list(mesa_hits(who, SearchWords.of("salud"))) == []
        assert list(mesa_hits(who, SearchWords.of("paz"))) == []


def test_a_person_is_found_with_their_post_and_without_their_contact(health):
    accredit(health, make_institution("060", acronym="SESAL"), full_name="Ana Paz")
    (hit,) = mesa_hits(access(make_user(Role.AUDITOR)), SearchWords.of("paz"))
    assert str(hit.detail) == "Planificación, SESAL · mesa de Salud"
    assert "@" not in f"{hit.title} {hit.detail} {hit.url}"


def test_who_coordinates_is_offered_to_convene(health):
    marta, karla = make_user(Role.MESA_COORDINATOR), make_user(Role.ANALYST)
    designate(health, marta, Designation.Duty.TECHNICAL_COORDINATOR)
    designate(health, karla, Designation.Duty.ANALYST)
    assert titles(mesa_actions(access(marta), clock.now())) == [
        "Convocar la mesa de Salud",
        "Ver los acuerdos de la mesa de Salud",
    ]
    assert titles(mesa_actions(access(karla), clock.now())) == []
