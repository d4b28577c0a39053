"""Accrediting, substituting and taking off the representatives of an institution in a mesa."""

from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import record
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions.keeping import kept_file, read_within_limit
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.actions.member_checks import (
    MemberError,
    Representative,
    check_exception,
    check_in_force,
    delegation_of,
    is_the_same,
    member_institution,
    refuse_second_director,
    refuse_twice,
    same_email,
    same_person,
    seats_of,
)
from sigpret.apps.mesas.actions.roles import enter_as, leave_if_nothing_is_left
from sigpret.apps.mesas.models import Accreditation, Mesa
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.permissions import check_can_accredit
from sigpret.apps.mesas.queries import Standing
from sigpret.methodology.mesas.accreditation import free_seat


def keep_letter(*, name: str, file: BinaryIO, at: datetime) -> int:
    """Keep the scanned letter, examined; its id. Raises RefusedEvidenceError.

    Outside any transaction, like every file: what is left behind is bytes nobody names.
    """
    data = read_within_limit(file)
    return kept_file(data, storage.digest_of(data), name=name, at=at).pk


@transaction.atomic
def accredit(
    *,
    actor: User,
    standing: Standing,
    institution_id: int,
    level: str,
    representative: Representative,
    exception_reason: str = "",
    at: datetime,
) -> Accreditation:
    """Accredit somebody in the institution's next seat, and give their account the role.

    Beyond the limit of the policy (guidelines: no more than three technical participants with
    the planning director) only DIGER lets somebody in, with the reason. At the political level
    only DIGER and the institution's head authority accredit. The same letter of the same person
    sent twice is one accreditation. Raises PermissionDenied,
    AlreadyAccreditedError, FullDelegationError and MemberError.
    """
    check_can_accredit(standing, institution_id, level)
    mesa = Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    institution = member_institution(mesa, institution_id)
    close_expired(mesa, institution, level, at.date())
    known = same_person(mesa, level, representative.email)
    if known is not None and is_the_same(known, institution_id, representative):
        return known
    refuse_twice(known)
    refuse_second_director(mesa, institution, representative)
    delegation = delegation_of(mesa, institution_id, at.date())
    is_beyond = level == Level.TECHNICAL and delegation.is_full
    if is_beyond:
        check_exception(standing, institution, delegation, exception_reason)
    seats = seats_of(mesa, institution_id, level)
    return write_down(
        Accreditation(
            mesa=mesa,
            institution=institution,
            level=level,
            seat=free_seat(set(seats.values_list("seat", flat=True))),
            is_exception=is_beyond,
            exception_reason=exception_reason.strip() if is_beyond else "",
        ),
        representative,
        actor,
        at,
        "accredited",
    )


@transaction.atomic
def substitute(
    *,
    actor: User,
    standing: Standing,
    member_id: int,
    representative: Representative,
    reason: str,
    expected_version: int,
    at: datetime,
) -> Accreditation:
    """Put somebody in the seat of another, who leaves today for that reason.

    The exception of the seat, if any, passes on. Twice has one effect. Raises PermissionDenied,
    StaleMemberError, AlreadyAccreditedError, MemberError and Accreditation.DoesNotExist.
    """
    old = held(standing, member_id)
    successor = Accreditation.objects.filter(replaces=old).first()
    if successor is not None and same_email(successor.email, representative.email):
        return successor
    check_in_force(old, expected_version)
    if same_email(old.email, representative.email):
        raise MemberError(_("Es la misma persona: escriba el correo de quien la sustituye."))
    refuse_twice(same_person(old.mesa, old.level, representative.email))
    end(old, reason, at.date())
    refuse_second_director(old.mesa, old.institution, representative)
    return write_down(
        Accreditation(
            mesa=old.mesa,
            institution=old.institution,
            level=old.level,
            seat=old.seat,
            is_exception=old.is_exception,
            exception_reason=old.exception_reason,
            replaces=old,
        ),
        representative,
        actor,
        at,
        "substituted",
    )


@transaction.atomic
def end_accreditation(
    *,
    actor: User,
    standing: Standing,
    member_id: int,
    reason: str,
    expected_version: int,
    at: datetime,
) -> Accreditation:
    """Take somebody off from today, with the reason; already off, nothing happens.

    Raises PermissionDenied, StaleMemberError, MemberError and Accreditation.DoesNotExist.
    """
    member = held(standing, member_id)
    if member.ended_on is not None:
        return member
    check_in_force(member, expected_version)
    end(member, reason, at.date())
    note(member, actor, "ended", {"reason": member.end_reason})
    return member


def held(standing: Standing, member_id: int) -> Accreditation:
    """The accreditation with its mesa locked, for who may change it."""
    Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    member: Accreditation = (
        Accreditation.objects.select_for_update(of=("self",))
        .select_related("mesa", "institution", "person")
        .get(pk=member_id, mesa_id=standing.mesa_id)
    )
    check_can_accredit(standing, member.institution_id, member.level)
    return member


def close_expired(mesa: Mesa, institution: Institution, level: str, on: date) -> None:
    """Those whose term passed leave their seat to whoever comes."""
    for row in seats_of(mesa, institution.pk, level).filter(until__lt=on).select_related("person"):
        end(row, _("Terminó el periodo de su acreditación."), on)


def end(member: Accreditation, reason: str, on: date) -> None:
    if not reason.strip():
        raise MemberError(_("Escriba el motivo de la baja."))
    member.ended_on, member.end_reason = on, reason.strip()
    member.version += 1
    member.save(update_fields=["ended_on", "end_reason", "version"])
    leave_if_nothing_is_left(member.person, Role.MESA_MEMBER, member.mesa, on)


def write_down(
    member: Accreditation, asked: Representative, actor: User, at: datetime, event: str
) -> Accreditation:
    """The row, the role of who has an account, and the event."""
    member.full_name, member.position = asked.full_name.strip(), asked.position.strip()
    member.email, member.phone = asked.email.strip().lower(), asked.phone.strip()
    member.letter, member.letter_file_id = asked.letter.strip(), asked.letter_file_id
    member.since, member.until = asked.since, asked.until
    member.is_planning_director = asked.is_planning_director
    member.institution_name = member.institution.name
    member.person = User.objects.filter(email__iexact=member.email).first()
    member.accredited_by, member.accredited_at = actor, at
    member.save()
    enter_as(member.person, Role.MESA_MEMBER, member.mesa, asked.since, asked.until)
    note(member, actor, event, {"replaces": member.replaces_id, "letter": member.letter})
    return member


def note(member: Accreditation, actor: User, event: str, more: dict[str, object]) -> None:
    """The event names the place and the seat; contact data stay out of the chain."""
    record(
        actor=actor,
        action=f"mesas.member_{event}",
        subject_type="accreditation",
        subject_id=member.pk,
        payload={
            "mesa": member.mesa_id,
            "institution": member.institution.code,
            "level": member.level,
            "seat": member.seat,
            "name": member.full_name,
            "is_exception": member.is_exception,
            "exception_reason": member.exception_reason,
            **more,
        },
    )
