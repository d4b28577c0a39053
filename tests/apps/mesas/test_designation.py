"""Who coordinates, accompanies and supports a mesa; and when it is constituted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.constitution import ConstitutionError, constitute
from sigpret.apps.mesas.actions.designation import (
    Act,
    DesignationError,
    designate,
    end_designation,
)
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.constitution import lacks
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, accredit, make_mesa
from tests.factories.mesas import designate as already

pytestmark = pytest.mark.django_db
TODAY = AT.date()
Duty = Designation.Duty
MARTA = Act(
    duty=Duty.TECHNICAL_COORDINATOR,
    email="marta@salud.hn",
    act="Acta 3-2026",
    since=TODAY,
    full_name="Marta Zúniga",
    position="Subsecretaria",
)


def standing(mesa, person):
    return standing_in(mesa, access_of(person, on=TODAY), on=TODAY)


def designated(mesa, by, act=MARTA, **more):
    return designate(actor=by, standing=standing(mesa, by), act=act, at=AT, **more)


def test_a_coordinator_is_designated_by_an_act_and_gets_an_account_and_the_role():
    """«se deberá de manera consensuada entre las instituciones, designar al funcionario (a) de
    alto nivel, responsable de la coordinación técnica de la Mesa»"""
    mesa, diger = make_mesa(), make_user(Role.ADMINISTRATOR)
    made = designated(mesa, diger)
    marta = User.objects.get(email="marta@salud.hn")
    held = Membership.objects.get(user=marta)
    assert (held.role, held.sector_id) == (Role.MESA_COORDINATOR, mesa.sector_id)
    assert standing(mesa, marta).coordinates
    assert designated(mesa, diger) == made, "the same act twice is one designation"
    assert AuditEvent.objects.filter(action="mesas.designated").count() == 1


def test_a_designation_names_its_act():
    mesa, diger = make_mesa(), make_user(Role.ADMINISTRATOR)
    with pytest.raises(DesignationError, match="acto"):
        designated(mesa, diger, replace(MARTA, act=" "))


def test_only_diger_registers_the_acts():
    mesa = make_mesa()
    coordinator = make_user()
    already(mesa, coordinator, Duty.TECHNICAL_COORDINATOR)
    with pytest.raises(PermissionDenied):
        designated(mesa, coordinator, replace(MARTA, duty=Duty.SUPPORT))


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty.POLITICAL_COORDINATOR, "entre las máximas autoridades"),
        (Duty.SUPPORT, "las UPGRET de la mesa"),
    ],
)
def test_the_political_coordination_and_the_support_are_of_institutions_of_the_mesa(duty, words):
    """«la Presidencia de la Republica designará dentro del conjunto de Máximas Autoridades que lo
    conforman la Mesa, a los respectivos coordinadores»; «Dicho equipo debe ser definido a nivel de
    las UPGRETs de las instituciones relacionadas a cada MESGEPRET»"""
    mesa, diger = make_mesa(), make_user(Role.ADMINISTRATOR)
    member, stranger = make_institution(), make_institution()
    mesa.sector.institutions.add(member)
    asked = replace(MARTA, duty=duty)
    for place in (None, stranger.pk):
        with pytest.raises(DesignationError, match=words):
            designated(mesa, diger, replace(asked, institution_id=place))
    made = designated(mesa, diger, replace(asked, institution_id=member.pk))
    assert made.institution == member


def test_a_coordination_is_relieved_only_when_somebody_says_so():
    mesa, diger, before = make_mesa(), make_user(Role.ADMINISTRATOR), make_user()
    old = already(mesa, before, Duty.TECHNICAL_COORDINATOR)
    Membership.objects.create(
        user=before, role=Role.MESA_COORDINATOR, sector=mesa.sector, valid_from=old.since
    )
    with pytest.raises(DesignationError, match="ya tiene esa coordinación"):
        designated(mesa, diger)
    designated(mesa, diger, relieves=True)
    old.refresh_from_db()
    assert old.until == TODAY - timedelta(days=1)
    assert Membership.objects.get(user=before).valid_until == TODAY - timedelta(days=1)


def test_analysts_are_assigned_by_the_administration_among_analysts():
    """«Este nivel, tendrá el acompañamiento técnico de la Dirección de Gestión por Resultados
    (DIGER)»"""
    mesa, analyst = make_mesa(), make_user(Role.ANALYST)
    act = Act(duty=Duty.ANALYST, email=analyst.email, act="Memorando 8", since=TODAY)
    already(mesa, analyst, Duty.ANALYST)
    with pytest.raises(PermissionDenied, match="administración"):
        designated(mesa, analyst, act)
    diger = make_user(Role.ADMINISTRATOR)
    with pytest.raises(DesignationError, match="no es de una analista"):
        designated(mesa, diger, replace(act, email="nadie@demo.hn"))
    assert designated(mesa, diger, act).person == analyst


def test_a_designation_ends_once_and_never_before_it_starts():
    mesa, diger = make_mesa(), make_user(Role.ADMINISTRATOR)
    made = designated(mesa, diger)
    asked = {"actor": diger, "standing": standing(mesa, diger), "designation_id": made.pk, "at": AT}
    with pytest.raises(DesignationError, match="no puede terminar antes"):
        end_designation(**asked, until=date(2026, 1, 1))
    end_designation(**asked, until=TODAY)
    assert end_designation(**asked, until=TODAY + timedelta(days=9)).until == TODAY


def complete(mesa):
    for duty in Duty:
        already(mesa, make_user(), duty)


def test_a_mesa_is_constituted_only_when_nothing_is_missing():
    """«Un proceso previo al trabajo de la MESGEPRET, será la acreditación de los miembros»"""
    mesa = make_mesa(constituted_on=None, constitution_act="")
    diger, health = make_user(Role.ADMINISTRATOR), make_institution("060")
    health.sectors.add(mesa.sector)
    asked = {"actor": diger, "standing": standing(mesa, diger), "act": "Acta 1", "at": AT}
    with pytest.raises(ConstitutionError, match="el equipo de apoyo, la acreditación"):
        constitute(**asked, on=TODAY)
    complete(mesa)
    assert [lack.institutions for lack in lacks(mesa, on=TODAY)] == [("060",)]
    accredit(mesa, health)
    assert lacks(mesa, on=TODAY) == ()
    with pytest.raises(ConstitutionError, match="todavía no llega"):
        constitute(**asked, on=TODAY + timedelta(days=1))
    constitute(**asked, on=TODAY)
    assert constitute(**asked, on=TODAY - timedelta(days=3)).constituted_on == TODAY
    assert AuditEvent.objects.filter(action="mesas.constituted").count() == 1


def test_the_political_level_alone_does_not_accredit_an_institution():
    mesa, health = make_mesa(constituted_on=None, constitution_act=""), make_institution("060")
    health.sectors.add(mesa.sector)
    complete(mesa)
    accredit(mesa, health, level="political")
    assert [lack.institutions for lack in lacks(mesa, on=TODAY)] == [("060",)]
