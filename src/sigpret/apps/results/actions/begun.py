"""What an institution no longer changes by itself once a quarter is being reported.

Whoever reports could otherwise move the goal to where the value fell. DIGER still may.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.above import begun_quarters, is_closed
from sigpret.apps.results.models import Indicator
from sigpret.apps.results.permissions import keeps_matrix
from sigpret.methodology.periods import Period

THRESHOLDS = ("on_track_from", "at_risk_from")
#: What of a sheet enters its figures.
MEASURING = (
    *("unit", "sense", "accumulation", "across_years", "baseline", "tolerance"),
    *("formula", "value_source", "variables"),
)


def begun_among(access: Access, periods: Collection[str]) -> tuple[str, ...]:
    """The periods whose quarter was opened to reports; none for whoever keeps the matrix."""
    if keeps_matrix(access):
        return ()
    begun = begun_quarters()
    return tuple(sorted(code for code in periods if is_closed(code, begun)))


def why_targets_stay(access: Access, periods: Collection[str]) -> str:
    """The sentence for an institution that programmes what is being reported; empty if it may."""
    begun = begun_among(access, periods)
    if not begun:
        return ""
    return _(
        "%(periods)s ya se reporta: desde que abre, lo programado sólo lo cambia DIGER. "
        "Pídaselo a su analista."
    ) % {"periods": ", ".join(Period.parse(code).label for code in begun)}


def why_sheet_stays(
    access: Access, indicator: Indicator | None, old: dict[str, Any], new: dict[str, Any]
) -> dict[str, str]:
    """What an institution may not change of a sheet, by field; nothing for DIGER."""
    if keeps_matrix(access):
        return {}
    kept = {
        name: _("Los umbrales propios de un indicador los fija DIGER.")
        for name in THRESHOLDS
        if old.get(name) != new.get(name)
    }
    changed = [name for name in MEASURING if old.get(name) != new.get(name)]
    if indicator is None or not changed:
        return kept
    programmed = indicator.targets.values_list("period", flat=True)
    if begun_among(access, list(programmed)):
        sentence = _("Este indicador ya se reporta: cómo se mide sólo lo cambia DIGER.")
        kept |= dict.fromkeys(changed, sentence)
    return kept
