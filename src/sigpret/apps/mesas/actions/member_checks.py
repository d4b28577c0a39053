"""What an accreditation must be: within the limit, once, with one planning director."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Accreditation, Mesa
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.accreditation import Delegation
from sigpret.web.dates import date_words


class MemberError(Exception):
    """The accreditation cannot be so; its text is the sentence for the person."""


class AlreadyAccreditedError(MemberError):
    """The person represents somebody in the mesa already."""


class FullDelegationError(MemberError):
    """The institution has all the representatives it may; its text says the two ways out."""


class StaleMemberError(MemberError):
    """Somebody changed the accreditation since the person read it."""


@dataclass(frozen=True, slots=True)
class Representative:
    """Who comes, as the letter says. `until` None: for as long as nobody says otherwise."""

    full_name: str
    position: str
    email: str
    phone: str
    letter: str
    since: date
    until: date | None = None
    is_planning_director: bool = False
    letter_file_id: int | None = None


def member_institution(mesa: Mesa, institution_id: int) -> Institution:
    found = Institution.objects.filter(pk=institution_id, sectors=mesa.sector_id).first()
    if found is None:
        raise MemberError(_("Esa institución no es del sector de la mesa."))
    return found


def seats_of(mesa: Mesa, institution_id: int, level: str) -> QuerySet[Accreditation]:
    """The seats that are taken, also by those whose term passed."""
    return Accreditation.objects.filter(
        mesa=mesa, institution_id=institution_id, level=level, ended_on=None
    )


def delegation_of(mesa: Mesa, institution_id: int, on: date) -> Delegation:
    """How many technical representatives the institution has, against the policy of a day."""
    rows = seats_of(mesa, institution_id, Level.TECHNICAL).values_list(
        "is_exception", "is_planning_director"
    )
    return Delegation(
        people=len(rows),
        limit=policy_on(on).delegates_limit,
        exceptions=sum(is_exception for is_exception, _director in rows),
        has_director=any(is_director for _exception, is_director in rows),
    )


def same_person(mesa: Mesa, level: str, email: str) -> Accreditation | None:
    rows = Accreditation.objects.select_related("institution").filter(
        mesa=mesa, level=level, ended_on=None, email__iexact=email.strip()
    )
    return rows.first()


def same_email(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def is_the_same(known: Accreditation, institution_id: int, asked: Representative) -> bool:
    """The button was pressed twice."""
    return (known.institution_id, known.full_name, known.letter) == (
        institution_id,
        asked.full_name.strip(),
        asked.letter.strip(),
    )


def refuse_twice(known: Accreditation | None) -> None:
    if known is not None:
        raise AlreadyAccreditedError(
            _(
                "%(name)s ya está en esta mesa por %(place)s desde el %(day)s. Si cambia de "
                "institución, dele primero de baja allí."
            )
            % {
                "name": known.full_name,
                "place": short_name(known.institution),
                "day": date_words(known.since),
            }
        )


def refuse_second_director(mesa: Mesa, institution: Institution, asked: Representative) -> None:
    if not asked.is_planning_director:
        return
    director = Accreditation.objects.filter(
        mesa=mesa, institution=institution, ended_on=None, is_planning_director=True
    ).first()
    if director is not None:
        raise MemberError(
            _("%(name)s ya está como quien dirige la UPGRET de %(place)s. Sustitúyale.")
            % {"name": director.full_name, "place": short_name(institution)}
        )


def check_exception(
    standing: Standing, institution: Institution, delegation: Delegation, reason: str
) -> None:
    """Beyond the limit: only with a reason, and only DIGER."""
    if standing.accompanies and reason.strip():
        return
    words = {"place": short_name(institution), "n": delegation.people}
    way_out = (
        _("Sustituya a alguien o escriba el motivo de la excepción.")
        if standing.accompanies
        else _("Sustituya a alguien o pida la excepción a DIGER, con su motivo.")
    )
    raise FullDelegationError(
        _("%(place)s ya tiene %(n)s. %(way_out)s") % {**words, "way_out": way_out}
    )


def check_in_force(member: Accreditation, expected_version: int) -> None:
    if member.ended_on is not None:
        raise MemberError(
            _("%(name)s ya no está: fue baja el %(day)s.")
            % {"name": member.full_name, "day": date_words(member.ended_on)}
        )
    if member.version != expected_version:
        raise StaleMemberError(
            _("Otra persona cambió esta acreditación mientras usted escribía. Vuelva a leerla.")
        )


def short_name(institution: Institution) -> str:
    return institution.acronym or institution.name
