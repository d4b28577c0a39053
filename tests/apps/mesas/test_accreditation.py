"""Accrediting before DIGER: three at most, once each, and what changes their role."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Institution, Membership
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.accreditation import accredit, end_accreditation, substitute
from sigpret.apps.mesas.actions.contacts import correct_contact
from sigpret.apps.mesas.actions.designation import Act, designate, end_designation
from sigpret.apps.mesas.actions.member_checks import (
    AlreadyAccreditedError,
    FullDelegationError,
    MemberError,
    Representative,
    StaleMemberError,
)
from sigpret.apps.mesas.models import Accreditation
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.duties import head_authorities
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, call, make_meeting, make_mesa
from tests.factories.mesas import accredit as already

pytestmark = pytest.mark.django_db
TODAY = AT.date()
ANA = Representative(
    full_name="Ana Paz",
    position="Programación",
    email="ana.paz@salud.hn",
    phone="+504 2222-1111",
    letter="Oficio 7-2026",
    since=date(2026, 10, 1),
)


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def health(mesa):
    institution = make_institution("060", "Secretaría de Salud", acronym="SESAL")
    institution.sectors.add(mesa.sector)
    return institution


@pytest.fixture
def diger():
    return make_user(Role.ADMINISTRATOR)


def standing(mesa, person):
    return standing_in(mesa, access_of(person, on=TODAY), on=TODAY)


def accredited(mesa, by, institution, who=ANA, **more):
    return accredit(
        actor=by,
        standing=standing(mesa, by),
        institution_id=institution.pk,
        level=more.pop("level", "technical"),
        representative=who,
        at=AT,
        **more,
    )


def test_an_institution_accredits_with_its_letter_post_and_numbers(mesa, health):
    """«cada institución deberá acreditar de manera formal ante la DIGER, a sus respectivos
    representantes en la Mesa, con su respectivo cargo y números de contacto»"""
    registrar = make_user(Role.REGISTRAR, institution=health)
    member = accredited(mesa, registrar, health)
    assert (member.seat, member.letter, member.position) == (1, "Oficio 7-2026", "Programación")
    assert member.institution_name == "Secretaría de Salud"
    event = AuditEvent.objects.get(action="mesas.member_accredited")
    assert "salud.hn" not in event.payload, "contact data stay out of the chain"


def test_another_institution_does_not_accredit_for_it(mesa, health):
    stranger = make_user(Role.REGISTRAR, institution=make_institution("062"))
    with pytest.raises(PermissionDenied):
        accredited(mesa, stranger, health)


def test_an_institution_of_another_sector_is_not_accredited(mesa, diger):
    with pytest.raises(MemberError, match="no es del sector"):
        accredited(mesa, diger, make_institution("999"))


def test_a_fourth_is_refused_with_its_two_ways_out(mesa, health, diger):
    """«no deben ser más de tres (3) por cada institución, incluyendo al Director (a) de la
    UPGRET»"""
    already(mesa, health, is_planning_director=True)
    already(mesa, health)
    already(mesa, health)
    with pytest.raises(FullDelegationError) as refusal:
        accredited(mesa, diger, health)
    assert str(refusal.value) == (
        "SESAL ya tiene 3. Sustituya a alguien o escriba el motivo de la excepción."
    )
    registrar = make_user(Role.REGISTRAR, institution=health)
    with pytest.raises(FullDelegationError, match="pida la excepción a DIGER"):
        accredited(mesa, registrar, health, exception_reason="Nos conviene.")


def test_diger_lets_a_fourth_in_with_a_reason(mesa, health, diger):
    for _number in range(3):
        already(mesa, health)
    member = accredited(mesa, diger, health, exception_reason="Atiende dos direcciones.")
    assert (member.seat, member.is_exception) == (4, True)
    assert member.exception_reason == "Atiende dos direcciones."


def test_a_reason_is_not_kept_where_there_is_no_exception(mesa, health, diger):
    member = accredited(mesa, diger, health, exception_reason="Por si acaso.")
    assert (member.is_exception, member.exception_reason) == (False, "")


def test_the_political_level_has_no_limit(mesa, health, diger):
    for _number in range(3):
        already(mesa, health)
    assert accredited(mesa, diger, health, level="political").seat == 1


def test_who_registers_for_an_institution_does_not_make_themselves_its_head(mesa, health):
    registrar = make_user(Role.REGISTRAR, institution=health)
    himself = replace(ANA, email=registrar.email)
    with pytest.raises(PermissionDenied, match="máxima autoridad de la institución, o DIGER"):
        accredited(mesa, registrar, health, himself, level="political")
    seat = already(mesa, health, level="political")
    with pytest.raises(PermissionDenied):
        substitute(
            actor=registrar,
            standing=standing(mesa, registrar),
            member_id=seat.pk,
            representative=himself,
            reason="Relevo.",
            expected_version=1,
            at=AT,
        )


def test_the_head_authority_of_the_institution_accredits_its_political_level(mesa, health):
    """«estará conformado por las máximas autoridades de las instituciones vinculadas a los
    sectores»"""
    elena = make_user(Role.APPROVER, institution=health)
    heir = make_user()
    accredited(mesa, elena, health, replace(ANA, email=heir.email), level="political")
    assert standing(mesa, heir).headed_institutions == {health.pk}


@pytest.mark.parametrize(
    ("who_accredits", "heads"),
    [("diger", True), ("its head authority", True), ("a registrar", False), ("themselves", False)],
)
def test_a_seat_makes_a_head_authority_only_when_somebody_entitled_gave_it(
    mesa, health, who_accredits, heads
):
    holder = make_user()
    by = {
        "diger": lambda: make_user(Role.ADMINISTRATOR),
        "its head authority": lambda: make_user(Role.REGISTRAR, Role.APPROVER, institution=health),
        "a registrar": lambda: make_user(Role.REGISTRAR, institution=health),
        "themselves": lambda: holder,
    }[who_accredits]()
    already(mesa, health, person=holder, level="political", accredited_by=by)
    assert standing(mesa, holder).is_accredited
    assert (health.pk in standing(mesa, holder).headed_institutions) is heads
    (head,) = head_authorities(mesa.pk, [health.pk], on=TODAY)
    assert (holder.pk in head.person_ids) is heads


def test_the_same_button_twice_is_one_accreditation(mesa, health, diger):
    first, second = accredited(mesa, diger, health), accredited(mesa, diger, health)
    assert first == second
    assert AuditEvent.objects.filter(action="mesas.member_accredited").count() == 1


def test_a_member_accredited_twice_is_told_where_they_are(mesa, health, diger):
    accredited(mesa, diger, health)
    other = make_institution("062", "Agencia de Regulación Sanitaria", acronym="ARSA")
    other.sectors.add(mesa.sector)
    again = replace(ANA, email=" Ana.Paz@SALUD.hn ", letter="Oficio 9-2026")
    with pytest.raises(AlreadyAccreditedError, match="Ana Paz ya está en esta mesa por SESAL"):
        accredited(mesa, diger, other, again)
    assert Accreditation.objects.count() == 1


def test_one_planning_director_per_institution(mesa, health, diger):
    """«estará conformado las Unidades de Planificación de Gerencia Publica por Resultados y
    Transparencia (UPGRETs), así como de los equipos técnicos que definan las respectivas máximas
    autoridades»"""
    accredited(mesa, diger, health, replace(ANA, is_planning_director=True))
    second = replace(ANA, email="otra@salud.hn", is_planning_director=True)
    with pytest.raises(MemberError, match="Ana Paz ya está como quien dirige la UPGRET"):
        accredited(mesa, diger, health, second)


def test_who_has_an_account_gets_the_role_and_loses_it_when_they_leave(mesa, health, diger):
    ana = make_user()
    member = accredited(mesa, diger, health, replace(ANA, email=ana.email.upper()))
    held = Membership.objects.get(user=ana)
    assert (held.role, held.sector_id) == (Role.MESA_MEMBER, mesa.sector_id)
    assert standing(mesa, ana).is_accredited
    end_accreditation(
        actor=diger,
        standing=standing(mesa, diger),
        member_id=member.pk,
        reason="Se retiró.",
        expected_version=1,
        at=AT,
    )
    held.refresh_from_db()
    assert held.valid_until == TODAY - timedelta(days=1)
    assert not standing(mesa, ana).reads


def test_reading_does_not_outlive_the_accreditation(mesa, health, diger):
    ana, last = make_user(), TODAY + timedelta(days=30)
    accredited(mesa, diger, health, replace(ANA, email=ana.email, until=last))
    assert Membership.objects.get(user=ana).valid_until == last
    after = last + timedelta(days=1)
    assert standing_in(mesa, access_of(ana, on=last), on=last).reads
    assert not standing_in(mesa, access_of(ana, on=after), on=after).reads


def test_the_role_lasts_as_long_as_the_longest_place_that_is_left(mesa, health, diger):
    ana, last = make_user(), TODAY + timedelta(days=30)
    accredited(mesa, diger, health, replace(ANA, email=ana.email, until=last))
    act = Act("support", ana.email, "Oficio 3-2026", TODAY, institution_id=health.pk)
    support = designate(actor=diger, standing=standing(mesa, diger), act=act, at=AT)
    held = Membership.objects.get(user=ana)
    assert held.valid_until is None
    end_designation(
        actor=diger,
        standing=standing(mesa, diger),
        designation_id=support.pk,
        until=TODAY + timedelta(days=1),
        at=AT,
    )
    held.refresh_from_db()
    assert held.valid_until == last, "the accreditation still needs it, until its own end"


def test_a_substitute_takes_the_seat_and_the_exception(mesa, health, diger):
    for _number in range(3):
        already(mesa, health)
    old = accredited(mesa, diger, health, exception_reason="Atiende dos direcciones.")
    asked = {
        "actor": diger,
        "standing": standing(mesa, diger),
        "member_id": old.pk,
        "representative": replace(ANA, email="luz@salud.hn", full_name="Luz Mejía"),
        "reason": "Cambió de puesto.",
        "expected_version": old.version,
        "at": AT,
    }
    new = substitute(**asked)
    assert (new.seat, new.is_exception, new.replaces_id) == (4, True, old.pk)
    assert substitute(**asked) == new, "twice has one effect"
    old.refresh_from_db()
    assert (old.ended_on, old.end_reason) == (TODAY, "Cambió de puesto.")


def test_a_director_is_substituted_by_a_director(mesa, health, diger):
    old = accredited(mesa, diger, health, replace(ANA, is_planning_director=True))
    new = substitute(
        actor=diger,
        standing=standing(mesa, diger),
        member_id=old.pk,
        representative=replace(ANA, email="luz@salud.hn", is_planning_director=True),
        reason="Relevo.",
        expected_version=old.version,
        at=AT,
    )
    assert new.is_planning_director


def test_whoever_substitutes_something_that_changed_reads_it_again(mesa, health, diger):
    old = accredited(mesa, diger, health)
    with pytest.raises(StaleMemberError):
        substitute(
            actor=diger,
            standing=standing(mesa, diger),
            member_id=old.pk,
            representative=replace(ANA, email="luz@salud.hn"),
            reason="Relevo.",
            expected_version=old.version + 1,
            at=AT,
        )


def test_a_term_that_passed_leaves_its_seat(mesa, health, diger):
    ended = already(mesa, health, until=date(2026, 9, 30))
    already(mesa, health)
    already(mesa, health)
    member = accredited(mesa, diger, health)
    ended.refresh_from_db()
    assert (member.seat, ended.ended_on) == (1, TODAY)
    assert ended.end_reason == "Terminó el periodo de su acreditación."


def test_an_institution_that_changed_its_name_is_the_same_institution(mesa, health, diger):
    """It is known by its code: its seats stay, and each letter keeps the name it had."""
    first = accredited(mesa, diger, health)
    Institution.objects.filter(pk=health.pk).update(name="Secretaría de Salud Pública")
    second = accredited(mesa, diger, health, replace(ANA, email="luz@salud.hn"))
    first.refresh_from_db()
    assert first.institution_name == "Secretaría de Salud"
    assert second.institution_name == "Secretaría de Salud Pública"
    assert (first.seat, second.seat) == (1, 2)


def corrected(mesa, by, member, **typed):
    values = {"email": member.email, "phone": member.phone, "version": member.version, **typed}
    version = values.pop("version")
    return correct_contact(
        actor=by,
        standing=standing(mesa, by),
        member_id=member.pk,
        expected_version=version,
        at=AT,
        **values,
    )


def test_a_wrong_address_is_corrected_where_mail_still_goes(mesa, health):
    registrar = make_user(Role.REGISTRAR, institution=health)
    member, luz = already(mesa, health, email="ana@salud.gob"), make_user()
    coming = call(make_meeting(mesa), member)
    past = call(
        make_meeting(mesa, state="cancelled", cancelled_at=AT, cancel_reason="Duelo"), member
    )
    corrected(mesa, registrar, member, email=luz.email, phone="+504 9999-0000")
    for row in (member, coming, past):
        row.refresh_from_db()
    assert (member.email, member.phone, member.person) == (luz.email, "+504 9999-0000", luz)
    assert (coming.email, past.email) == (luz.email, "ana@salud.gob")
    assert standing(mesa, luz).reads
    event = AuditEvent.objects.get(action="mesas.member_contact_corrected")
    assert luz.email not in event.payload


def test_an_address_gives_the_seat_to_nobody_else(mesa, health, diger):
    held = already(mesa, health, person=make_user())
    with pytest.raises(MemberError, match="sustitúyale"):
        corrected(mesa, diger, held, email=make_user().email)
    political = already(mesa, health, level="political")
    with pytest.raises(MemberError, match="sustitúyale"):
        corrected(mesa, diger, political, email=diger.email)
    with pytest.raises(PermissionDenied):
        corrected(mesa, make_user(Role.REGISTRAR, institution=health), political, phone="1")


def test_a_contact_that_changed_meanwhile_is_read_again(mesa, health, diger):
    member = already(mesa, health)
    with pytest.raises(StaleMemberError):
        corrected(mesa, diger, member, phone="+504 1", version=9)
    taken = already(mesa, health)
    with pytest.raises(AlreadyAccreditedError):
        corrected(mesa, diger, member, email=taken.email)


def test_the_contact_is_corrected_from_its_page(client, mesa, health):
    registrar = make_user(Role.REGISTRAR, institution=health)
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    member = already(mesa, health)
    address = reverse("mesas:correct_member", args=[mesa.sector.slug, member.pk])
    members = reverse("mesas:members", args=[mesa.sector.slug])
    assert address in client.get(members).content.decode()
    assert client.post(address, {"email": "no", "phone": "", "version": 1}).status_code == 422
    typed = {"email": "luz@salud.hn", "phone": "+504 1", "version": 1}
    assert client.post(address, typed).status_code == 302
    assert "luz@salud.hn" in client.get(members).content.decode()
