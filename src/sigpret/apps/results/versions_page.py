"""Two versions side by side: what was added, what left, what says something else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sigpret.apps.results.queries.versions import (
    ADDED,
    CHANGED,
    REMOVED,
    GoalDifference,
    VersionFacts,
    version_differences,
)
from sigpret.web.components import Chip

KINDS = (ADDED, REMOVED, CHANGED)


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`after` None is the matrix as it is now."""

    before: VersionFacts
    after: VersionFacts | None
    versions: Sequence[VersionFacts]
    differences: tuple[GoalDifference, ...]
    chips: tuple[Chip, ...]
    total: int

    @property
    def after_words(self) -> str | Promise:
        if self.after is None:
            return _("la matriz de hoy")
        return _("la versión %(number)d") % {"number": self.after.number}


def compare_page(
    versions: Sequence[VersionFacts], before: str, after: str, *, kind: str = ""
) -> ComparePage | None:
    """None when a version is not there. Without `before`, the last published one."""
    by_number = {str(version.number): version for version in versions}
    old = by_number.get(before) if before else (versions[0] if versions else None)
    new = by_number.get(after)
    if old is None or (after and new is None):
        return None
    found = version_differences(old.number, new.number if new else None)
    counts = Counter(one.kind for one in found)
    words = {ADDED: _("Nuevas"), REMOVED: _("Retiradas"), CHANGED: _("Cambiadas")}
    asked = {"de": str(old.number)} | ({"a": str(new.number)} if new else {})
    chips = [Chip(_("Todas"), f"?{urlencode(asked)}", len(found), is_on=kind not in KINDS)] + [
        Chip(words[one], f"?{urlencode(asked | {'cambio': one})}", counts[one], is_on=one == kind)
        for one in KINDS
    ]
    shown = tuple(one for one in found if kind not in KINDS or one.kind == kind)
    return ComparePage(old, new, versions, shown, tuple(chips), len(found))
