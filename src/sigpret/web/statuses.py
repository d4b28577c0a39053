"""How a status looks and reads. What a status *is* belongs to the methodology.

Keys are the values of `sigpret.methodology.status.Status`; a string and its enum member are the
same key, so stored snapshots need no conversion. Never colour alone: class, word and glyph.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Look:
    """CSS class, words and the SVG body (16-unit grid) of one status."""

    css: str
    word: Text
    plural: Text
    shape: str


LOOKS: dict[str, Look] = {
    "behind": Look(
        "behind",
        _("Rezagada"),
        _("Rezagadas"),
        '<rect class="gf" x="1.2" y="1.2" width="13.6" height="13.6" rx="1.6"/>'
        '<path class="gc" d="M5 5l6 6M11 5l-6 6"/>',
    ),
    "at_risk": Look(
        "at-risk",
        _("En riesgo"),
        _("En riesgo"),
        '<path class="gf" d="M8 1.2L15.3 14.3H.7z"/><path class="gc" d="M8 5.6v4M8 11.9v.1"/>',
    ),
    "not_reported": Look(
        "not-reported",
        _("Sin reporte"),
        _("Sin reporte"),
        '<circle class="gr" cx="8" cy="8" r="6.3"/>',
    ),
    "on_track": Look(
        "on-track",
        _("En ruta"),
        _("En ruta"),
        '<circle class="gf" cx="8" cy="8" r="7"/><path class="gc" d="M4.7 8.2l2.3 2.3 4.3-4.7"/>',
    ),
    "exceeded": Look(
        "exceeded",
        _("Sobrecumplida"),
        _("Sobrecumplidas"),
        '<path class="gf" d="M8 .8l6.7 6.2v8H1.3V7z"/>'
        '<path class="gc" d="M4.7 9.2L8 6l3.3 3.2M4.7 12.7L8 9.5l3.3 3.2"/>',
    ),
    "not_due": Look(
        "not-due",
        _("No vence"),
        _("No vencen"),
        '<path class="gd" d="M3 8h10"/>',
    ),
    # Reported, and nothing to divide by: the circle of a missing value, crossed out.
    "no_denominator": Look(
        "no-denominator",
        _("Sin denominador"),
        _("Sin denominador"),
        '<circle class="gd" cx="8" cy="8" r="6"/><path class="gd" d="M3.6 12.4l8.8-8.8"/>',
    ),
}

# Worst first: the order of strips, legends and lists.
ORDER = tuple(LOOKS)

_UNKNOWN = LOOKS["not_due"]


def look_of(status: str | None) -> Look:
    """The look of a status; an absent one reads as not due, never as good or bad."""
    return LOOKS.get(str(status), _UNKNOWN) if status is not None else _UNKNOWN
