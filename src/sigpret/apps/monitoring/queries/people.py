"""Who may be called into a conversation about an institution's datum, and who its text names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES
from sigpret.apps.institutions.models import Institution, Membership
from sigpret.apps.monitoring.permissions import REVIEWERS

DIGER = "DIGER"


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody a comment may name. `group` is the institution's short name, or DIGER."""

    user_id: int
    name: str
    position: str
    group: str
    is_reviewer: bool


def correspondents(institution: Institution, *, on: date) -> tuple[Correspondent, ...]:
    """The active people of an institution and those who review, on a day; one statement."""
    valid = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        Q(institution=institution, role__in=sorted(INSTITUTION_ROLES)) | Q(role__in=REVIEWERS),
        valid_from__lte=on,
        user__is_active=True,
    )
    rows = valid.order_by("user__full_name", "pk").values_list(
        "user_id", "user__full_name", "user__position", "role"
    )
    own = institution.acronym or institution.code
    found: dict[int, Correspondent] = {}
    for user_id, name, position, role in rows:
        is_reviewer = role in REVIEWERS
        group = DIGER if is_reviewer else own
        found.setdefault(user_id, Correspondent(user_id, name, position, group, is_reviewer))
    return tuple(sorted(found.values(), key=lambda one: (one.is_reviewer, one.name)))


def named_in(text: str, people: Iterable[Correspondent]) -> frozenset[int]:
    """The ids of the people a text calls: `@Óscar Rivera`, or `@SESAL` for all of that group."""
    folded = text.casefold()
    return frozenset(
        person.user_id
        for person in people
        if f"@{person.name.casefold()}" in folded or calls_group(folded, person.group)
    )


def calls_group(folded: str, group: str) -> bool:
    """`@SES` does not call SESAL, nor `@SESAL` somebody of SES."""
    words = (word.strip(".,;:()¿?¡!«»") for word in folded.split() if word.startswith("@"))
    return f"@{group.casefold()}" in words


def users_by_id(ids: Iterable[int]) -> list[User]:
    """The people of some ids, in a stable order."""
    return list(User.objects.filter(pk__in=ids).order_by("pk"))
