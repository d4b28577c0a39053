"""Correcting how a representative is reached, without a new letter."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.mesas.actions.accreditation import held, note
from sigpret.apps.mesas.actions.member_checks import (
    MemberError,
    check_in_force,
    refuse_twice,
    same_email,
    same_person,
)
from sigpret.apps.mesas.actions.roles import enter_as
from sigpret.apps.mesas.models import Accreditation, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries import Standing

#: Nothing is sent about these any more: their people stay as they were written.
SETTLED = (MeetingState.DISTRIBUTED, MeetingState.CANCELLED)


@transaction.atomic
def correct_contact(
    *,
    actor: User,
    standing: Standing,
    member_id: int,
    email: str,
    phone: str,
    expected_version: int,
    at: datetime,
) -> Accreditation:
    """Write the address and the telephone of a representative again; mail that has not left goes
    to the new address. The same again is nothing.

    An address never gives the seat to somebody else: that is a substitution. Raises
    PermissionDenied, StaleMemberError, AlreadyAccreditedError, MemberError and
    Accreditation.DoesNotExist.
    """
    member = held(standing, member_id)
    new_email, new_phone = email.strip().lower(), phone.strip()
    if (member.email, member.phone) == (new_email, new_phone):
        return member
    check_in_force(member, expected_version)
    if not same_email(member.email, new_email):
        refuse_twice(same_person(member.mesa, member.level, new_email))
        link_account(member, new_email, actor)
    member.email, member.phone = new_email, new_phone
    member.version += 1
    member.save(update_fields=["email", "phone", "person", "version"])
    correct_where_called(member)
    note(member, actor, "contact_corrected", {"version": member.version, "at": at})
    return member


def link_account(member: Accreditation, email: str, actor: User) -> None:
    """The account of the address is the person's, unless the seat has somebody else's already."""
    found = User.objects.filter(email__iexact=email).first()
    if found is None or found == member.person:
        return
    if member.person is not None or (member.level == Level.POLITICAL and found == actor):
        raise MemberError(
            _("Ese correo es de la cuenta de %(name)s. Si viene otra persona, sustitúyale.")
            % {"name": found.full_name}
        )
    member.person = found
    enter_as(found, Role.MESA_MEMBER, member.mesa, member.since, member.until)


def correct_where_called(member: Accreditation) -> None:
    """The meetings that still write to them, unless somebody there has that address already."""
    called = Participant.objects.filter(accreditation=member).exclude(meeting__state__in=SETTLED)
    taken = Participant.objects.filter(email__iexact=member.email).exclude(accreditation=member)
    called.exclude(meeting__in=taken.values("meeting")).update(
        email=member.email, person=member.person
    )
