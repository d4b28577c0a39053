"""Who represents each institution in a mesa, and who runs it, as a person may read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from mimetypes import guess_extension

from django.db.models import Q

from sigpret.apps.institutions.models import CrossCuttingTheme, Institution
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.methodology.mesas.accreditation import Delegation

#: Every duty with its words, as a page lists them.
DUTY_LABELS = [(str(duty), label) for duty, label in Designation.Duty.choices]


@dataclass(frozen=True, slots=True)
class Member:
    """A representative. `email` and `phone` are empty for who does not need them; `named_then`
    is the institution's name in the letter, when it has another today."""

    id: int
    institution_id: int
    institution_code: str
    institution_name: str
    institution_label: str
    level: str
    seat: int
    full_name: str
    position: str
    email: str
    phone: str
    person_id: int | None
    is_planning_director: bool
    is_exception: bool
    exception_reason: str
    letter: str
    letter_file_id: int | None
    since: date
    until: date | None
    ended_on: date | None
    end_reason: str
    named_then: str
    version: int

    def has_expired(self, on: date) -> bool:
        return self.ended_on is None and self.until is not None and self.until < on


@dataclass(frozen=True, slots=True)
class InstitutionMembers:
    """An institution with those it accredited and those who left, latest first."""

    id: int
    code: str
    name: str
    label: str
    members: tuple[Member, ...]
    past: tuple[Member, ...]
    delegation: Delegation
    sees_contacts: bool
    may_accredit: bool

    @property
    def empty_seats(self) -> range:
        """One per seat that is still free, to draw them."""
        return range(self.delegation.free)


@dataclass(frozen=True, slots=True)
class Designated:
    """Somebody with a duty in the mesa; `place` is the label of their institution."""

    id: int
    duty: str
    duty_label: str
    full_name: str
    position: str
    place: str
    act: str
    since: date
    until: date | None
    person_id: int


@dataclass(frozen=True, slots=True)
class ThemeLead:
    """A cross-cutting theme and the institution that leads it; empty when none does."""

    code: str
    name: str
    is_permanent: bool
    lead: str
    lead_label: str


def accredited(
    mesa: Mesa, level: str, *, on: date, standing: Standing | None = None
) -> tuple[Member, ...]:
    """The representatives in force of a level on a day, by institution and seat; one statement.

    With a standing the contact data that person does not need are left empty.
    """
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    rows = Accreditation.objects.filter(
        in_force, mesa=mesa, level=level, ended_on=None, since__lte=on
    ).select_related("institution")
    return tuple(member_of(row, standing) for row in rows.order_by("institution__code", "seat"))


def members_by_institution(
    mesa: Mesa, level: str, *, standing: Standing, limit: int
) -> tuple[InstitutionMembers, ...]:
    """Every institution of the sector with its representatives, also without; two statements."""
    now: dict[int, list[Member]] = defaultdict(list)
    past: dict[int, list[Member]] = defaultdict(list)
    rows = Accreditation.objects.filter(mesa=mesa, level=level).select_related("institution")
    for row in rows.order_by("seat", "-ended_on"):
        (now if row.ended_on is None else past)[row.institution_id].append(member_of(row, standing))
    institutions = Institution.objects.filter(Q(sectors=mesa.sector_id) | Q(pk__in=now)).distinct()
    return tuple(
        of_institution(one, level, now[one.pk], past[one.pk], standing, limit)
        for one in institutions.order_by("code")
    )


def of_institution(
    institution: Institution,
    level: str,
    now: list[Member],
    past: list[Member],
    standing: Standing,
    limit: int,
) -> InstitutionMembers:
    return InstitutionMembers(
        id=institution.pk,
        code=institution.code,
        name=institution.name,
        label=institution.acronym or institution.name,
        members=tuple(now),
        past=tuple(past),
        delegation=delegation_of(now, limit),
        sees_contacts=standing.sees_contacts_of(institution.pk),
        may_accredit=standing.accredits(institution.pk, level),
    )


def delegation_of(members: Iterable[Member], limit: int) -> Delegation:
    held = list(members)
    return Delegation(
        people=len(held),
        limit=limit,
        exceptions=sum(one.is_exception for one in held),
        has_director=any(one.is_planning_director for one in held),
    )


def member_by_id(mesa: Mesa, member_id: int, *, standing: Standing) -> Member | None:
    """One accreditation of the mesa, in force or not; None when it is not of the mesa."""
    row = (
        Accreditation.objects.select_related("institution").filter(pk=member_id, mesa=mesa).first()
    )
    return None if row is None else member_of(row, standing)


def member_of(row: Accreditation, standing: Standing | None) -> Member:
    sees = standing is None or standing.sees_contacts_of(row.institution_id)
    place = row.institution
    return Member(
        id=row.pk,
        institution_id=place.pk,
        institution_code=place.code,
        institution_name=place.name,
        institution_label=place.acronym or place.name,
        level=row.level,
        seat=row.seat,
        full_name=row.full_name,
        position=row.position,
        email=row.email if sees else "",
        phone=row.phone if sees else "",
        person_id=row.person_id,
        is_planning_director=row.is_planning_director,
        is_exception=row.is_exception,
        exception_reason=row.exception_reason,
        letter=row.letter,
        letter_file_id=row.letter_file_id if sees else None,
        since=row.since,
        until=row.until,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        named_then=row.institution_name if row.institution_name != place.name else "",
        version=row.version,
    )


def designations(mesa: Mesa, *, on: date) -> Mapping[str, tuple[Designated, ...]]:
    """Who has each duty on a day or later, by duty, every duty; one statement."""
    rows = (
        Designation.objects.filter(Q(until__isnull=True) | Q(until__gte=on), mesa=mesa)
        .select_related("person", "institution")
        .order_by("since", "person__full_name")
    )
    found: dict[str, list[Designated]] = {str(duty): [] for duty in Designation.Duty}
    for row in rows:
        found[row.duty].append(designated_of(row))
    return {duty: tuple(people) for duty, people in found.items()}


def past_designations(mesa: Mesa, *, on: date) -> tuple[Designated, ...]:
    """Who had a duty before a day, latest first; one statement."""
    rows = Designation.objects.filter(mesa=mesa, until__lt=on)
    return tuple(
        designated_of(row)
        for row in rows.select_related("person", "institution").order_by("-until")
    )


def designated_of(row: Designation) -> Designated:
    place = row.institution
    return Designated(
        id=row.pk,
        duty=row.duty,
        duty_label=str(Designation.Duty(row.duty).label),
        full_name=row.person.full_name,
        position=row.person.position,
        place=(place.acronym or place.name) if place else "",
        act=row.act,
        since=row.since,
        until=row.until,
        person_id=row.person_id,
    )


def theme_leads() -> tuple[ThemeLead, ...]:
    """The themes every mesa treats, with who leads each; one statement. Permanent ones first."""
    rows = CrossCuttingTheme.objects.select_related("lead").order_by("-is_permanent", "name")
    return tuple(
        ThemeLead(
            code=row.code,
            name=row.name,
            is_permanent=row.is_permanent,
            lead=row.lead.name if row.lead else "",
            lead_label=(row.lead.acronym or row.lead.name) if row.lead else "",
        )
        for row in rows
    )


def people_counted(institutions: Iterable[InstitutionMembers]) -> int:
    return sum(len(one.members) for one in institutions)


@dataclass(frozen=True, slots=True)
class Letter:
    """The scanned letter of an accreditation: its bytes by fingerprint, its name to download."""

    sha256: str
    name: str


def letter_of(mesa: Mesa, member_id: int) -> Letter | None:
    """The letter of an accreditation; None when it was not scanned. Ask who may see it first."""
    row = (
        Accreditation.objects.select_related("letter_file", "institution")
        .filter(pk=member_id, mesa=mesa, letter_file__isnull=False)
        .first()
    )
    if row is None or row.letter_file is None:
        return None
    ending = guess_extension(row.letter_file.media_type) or ".bin"
    return Letter(row.letter_file.sha256, f"acreditacion-{row.institution.code}-{row.pk}{ending}")
