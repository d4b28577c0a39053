"""What a person is in one mesa on a day: every right in it starts here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q

from sigpret.apps.accounts.roles import NATIONAL_READERS, SECTOR_ROLES, Role
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries.headship import makes_head

Duty = Designation.Duty


@dataclass(frozen=True, slots=True)
class Standing:
    """A person in a mesa. `own_institutions` are those of the mesa they work for,
    `represented` those that accredited them, `headed_institutions` those they are the head
    authority of: by their role, or by a seat of the political level, which the head authorities
    make up, that DIGER or the institution's head authority gave them."""

    mesa_id: int
    access: Access
    duties: frozenset[str]
    is_accredited: bool
    own_institutions: frozenset[int]
    headed_institutions: frozenset[int]
    is_of_the_sector: bool
    represented: frozenset[int] = frozenset()

    @property
    def coordinates(self) -> bool:
        """The technical coordination: convenes, asks for conformity, distributes."""
        return Duty.TECHNICAL_COORDINATOR in self.duties

    @property
    def coordinates_politically(self) -> bool:
        return Duty.POLITICAL_COORDINATOR in self.duties

    @property
    def accompanies(self) -> bool:
        """DIGER's analyst of the mesa, or its administration."""
        return Duty.ANALYST in self.duties or self.access.has(Role.ADMINISTRATOR)

    @property
    def writes(self) -> bool:
        """Prepares convocations and takes notes: coordination, support team, analyst."""
        return self.coordinates or Duty.SUPPORT in self.duties or self.accompanies

    @property
    def decides(self) -> bool:
        """The political level: its coordination, or the Presidency."""
        return self.coordinates_politically or self.access.has(Role.PRESIDENCY)

    @property
    def reads(self) -> bool:
        """Its people, its institutions, and who reads the whole country."""
        return bool(
            self.duties
            or self.is_accredited
            or self.own_institutions
            or self.is_of_the_sector
            or self.access.has(*NATIONAL_READERS)
        )

    def answers_for(self, institution_id: int) -> bool:
        """Works for it, or represents it in the mesa."""
        return institution_id in self.own_institutions or institution_id in self.represented

    def accredits(self, institution_id: int, level: str) -> bool:
        """Who changes its representatives: DIGER and the institution itself; those of the
        political level, DIGER and the institution's head authority by role."""
        if self.accompanies:
            return True
        if level == Level.POLITICAL:
            return Role.APPROVER in self.access.institutions.get(institution_id, ())
        return institution_id in self.own_institutions

    def sees_contacts_of(self, institution_id: int) -> bool:
        """Telephone and address: who convenes and accompanies, and the institution itself."""
        return self.writes or institution_id in self.own_institutions


def standing_in(mesa: Mesa, access: Access, *, on: date) -> Standing:
    """What whoever has this access is in the mesa on a day; three statements."""
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    duties = Designation.objects.filter(
        in_force, mesa=mesa, person_id=access.user_id or 0, since__lte=on
    )
    accredited = Accreditation.objects.filter(
        in_force, mesa=mesa, person_id=access.user_id or 0, ended_on__isnull=True, since__lte=on
    )
    heads = ExpressionWrapper(makes_head(), output_field=BooleanField())
    seats = list(accredited.annotate(heads=heads).values_list("institution_id", "heads"))
    members = set(
        Institution.objects.filter(sectors=mesa.sector_id, pk__in=access.institutions).values_list(
            "pk", flat=True
        )
    )
    return Standing(
        mesa_id=mesa.pk,
        access=access,
        duties=frozenset(duties.values_list("duty", flat=True)),
        is_accredited=bool(seats),
        own_institutions=frozenset(members),
        headed_institutions=frozenset(
            {pk for pk in members if Role.APPROVER in access.institutions[pk]}
            | {pk for pk, is_head in seats if is_head}
        ),
        is_of_the_sector=access.has(*SECTOR_ROLES) and mesa.sector_id in access.sector_ids,
        represented=frozenset(pk for pk, _is_head in seats),
    )
