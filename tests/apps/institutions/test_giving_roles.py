"""Who gets a role, where, and how a new person enters."""

import json
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, SECTOR_ROLES, Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.actions import (
    NameNeededError,
    RolePlaceError,
    UnknownPlaceError,
    give_role,
)
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.config.commands import give_role as command
from tests.factories.institutions import make_institution, make_sector, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
NATIONAL = sorted(set(Role) - INSTITUTION_ROLES - SECTOR_ROLES)


def give(role: Role, email: str = "ana@diger.gob.hn", **said):
    said = {"full_name": "Ana Paz", "actor": None, "access": Access()} | said
    return give_role(email=email, role=role, at=AT, **said)


@pytest.mark.parametrize("role", NATIONAL)
def test_a_national_role_takes_no_place(role):
    given = give(role)
    assert access_of(given.user, on=AT.date()).has(role)
    with pytest.raises(RolePlaceError):
        give(role, institution_code=make_institution().code)


@pytest.mark.parametrize("role", sorted(INSTITUTION_ROLES))
def test_an_institution_role_names_its_institution(role):
    with pytest.raises(RolePlaceError, match="diga cuál"):
        give(role)
    own = make_institution()
    assert access_of(give(role, institution_code=own.code).user, on=AT.date()).works_for(own.pk)


@pytest.mark.parametrize("role", sorted(SECTOR_ROLES))
def test_a_mesa_role_names_its_sector(role):
    with pytest.raises(RolePlaceError, match="diga el código"):
        give(role)
    sector = make_sector()
    access = access_of(give(role, sector_code=sector.code).user, on=AT.date())
    assert access.sector_ids == {sector.pk}


def test_an_unknown_institution_creates_nobody():
    with pytest.raises(UnknownPlaceError, match="«999»"):
        give(Role.REGISTRAR, institution_code="999")
    assert not User.objects.exists()


@pytest.mark.parametrize("said", [{"full_name": ""}, {"email": "ana en diger"}])
def test_a_new_person_needs_a_name_and_an_address(said):
    with pytest.raises(NameNeededError):
        give(Role.ANALYST, **said)
    assert not User.objects.exists()


def test_a_known_person_is_found_whatever_the_case():
    person = make_user(full_name="Ana Paz")
    given = give(Role.ANALYST, email=person.email.upper(), full_name="")
    assert given.user == person
    assert not given.is_new_person


def test_one_event_says_who_got_what():
    given = give(Role.ANALYST)
    event = AuditEvent.objects.get()
    assert (event.subject_type, event.subject_id) == ("user", str(given.user.pk))
    assert json.loads(event.payload)["role"] == "analyst"


def test_giving_it_again_changes_nothing():
    give(Role.ANALYST)
    assert not give(Role.ANALYST).is_new
    assert Membership.objects.count() == AuditEvent.objects.count() == 1


def test_a_role_that_had_ended_is_held_again():
    given = give(Role.ANALYST)
    Membership.objects.update(valid_from=date(2026, 1, 1), valid_until=date(2026, 2, 1))
    assert give(Role.ANALYST).is_new
    assert access_of(given.user, on=AT.date()).has(Role.ANALYST)


def test_only_the_administration_gives_roles():
    analyst = make_user(Role.ANALYST)
    with pytest.raises(PermissionDenied, match="administración de DIGER"):
        give(Role.ADMINISTRATOR, actor=analyst, access=access_of(analyst, on=AT.date()))


def test_the_command_gives_an_address_to_choose_a_password(client, capsys):
    assert command.run(["ana@diger.gob.hn", "administrator", "--name", "Ana Paz"]) == 0
    person = User.objects.get()
    address = capsys.readouterr().out.split()[-1]
    form = client.get(urlsplit(address).path, follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "una clave bien larga", "password2": "una clave bien larga"},
    )
    person.refresh_from_db()
    assert person.check_password("una clave bien larga")


def test_the_command_refuses_with_a_sentence(capsys):
    assert command.run(["ana@diger.gob.hn", "registrar", "--name", "Ana Paz"]) == 2
    assert "institución" in capsys.readouterr().err
