"""The grade of an institution: the mean of its achievements, and where it stands among others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sigpret.methodology.explain import Explanation, Part
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.policy import Policy
from sigpret.methodology.rollup import scored
from sigpret.methodology.status import Status
from sigpret.methodology.values import HUNDRED, ZERO


class Band(StrEnum):
    """The band of a grade, by its published Spanish name."""

    LOW = "bajo"
    MEDIUM = "medio"
    HIGH = "alto"


class GradeInput(NamedTuple):
    """One goal, product or component that may enter a grade: its achievement to date, raw.

    `is_excused`: whoever answers for it has more time, so its silence may not be judged yet.
    """

    id: str
    label: str
    value: Decimal | None
    status: Status
    weight: Decimal = Decimal(1)
    is_excused: bool = False


@dataclass(frozen=True, slots=True)
class GradedPart:
    """What one part did to the grade, in its points.

    `capped` is the value as it entered the mean, None when it stayed outside. `contribution`
    is what it brought and `effect` what it took away (0 or less) from a full grade.
    """

    id: str
    label: str
    value: Decimal | None
    capped: Decimal | None
    weight: Decimal
    status: Status
    contribution: Decimal
    effect: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of 0-100 with its band and its parts; no value when nothing was due."""

    value: Decimal | None
    band: Band | None
    parts: tuple[GradedPart, ...]
    explanation: Explanation


class Positions(NamedTuple):
    """Who stands where: ties share a position, and the next one counts them all."""

    ranked: dict[str, int]
    without_data: tuple[str, ...]


MEAN = _(
    "Promedio de %(counted)s de %(all)s con programación a la fecha, cada uno con tope de %(cap)s:"
    " %(value)s. Sin reporte: %(silent)s, que entran como 0."
)
MEAN_OF_REPORTED = _(
    "Promedio de %(counted)s de %(all)s con reporte a la fecha, cada uno con tope de %(cap)s:"
    " %(value)s. Sin reporte: %(silent)s, que no entran."
)
EXCUSED = _(
    "Promedio de %(counted)s de %(all)s a la fecha, cada uno con tope de %(cap)s: %(value)s."
    " Sin reporte con excepción vigente: %(excused)s, que no entran."
)
NOTHING_DUE = _("Ninguno de los %(all)s elementos tiene programación a la fecha: no hay nota.")


def grade(parts: Sequence[GradeInput], policy: Policy) -> Grade:
    """The weighted mean of the parts that are due, each between 0 and the cap of the policy.

    What was not reported at closing counts 0 when the policy says so, else it stays outside;
    what is excused follows its own parameter.
    """
    entering = [_as_it_enters(part, policy) for part in parts]
    total = sum(
        (part.weight for part, capped in zip(parts, entering, strict=True) if capped is not None),
        ZERO,
    )
    weighed = [
        ZERO if capped is None else part.weight * capped
        for part, capped in zip(parts, entering, strict=True)
    ]
    value = sum(weighed, ZERO) / total if total else None
    graded = tuple(
        _graded(part, capped, total, policy) for part, capped in zip(parts, entering, strict=True)
    )
    band = None if value is None else band_of(value, policy)
    excused = sum(map(_stays_outside, parts, [policy] * len(parts)))
    return Grade(value, band, graded, _explained(value, graded, excused, policy))


def band_of(value: Decimal, policy: Policy) -> Band:
    """The band of a grade, compared unrounded."""
    if value > policy.band_high:
        return Band.HIGH
    return Band.MEDIUM if value > policy.band_medium else Band.LOW


def weights_add_up(weights: Sequence[Decimal], policy: Policy) -> bool:
    """Whether written weights make 100, within the policy's tolerance for rounding."""
    return abs(sum(weights, ZERO) - HUNDRED) <= policy.weight_tolerance


def positions(grades: Mapping[str, Decimal | None]) -> Positions:
    """The position of each grade from the highest, unrounded; those without data apart."""
    known = sorted(
        ((value, name) for name, value in grades.items() if value is not None),
        key=lambda pair: (-pair[0], pair[1]),
    )
    first_place: dict[Decimal, int] = {}
    for place, (value, _name) in enumerate(known, start=1):
        first_place.setdefault(value, place)
    return Positions(
        ranked={name: first_place[value] for value, name in known},
        without_data=tuple(sorted(name for name, value in grades.items() if value is None)),
    )


def silence_counts(policy: Policy, *, is_excused: bool) -> Decimal | None:
    """What something that was due and nobody reported brings to a mean, by the rules of the
    country: zero, or None when it stays outside."""
    if is_excused and not policy.excused_counts_as_zero:
        return None
    return ZERO if policy.missing_counts_as_zero else None


def _stays_outside(part: GradeInput, policy: Policy) -> bool:
    """Is its silence excused, by the rules of the country?"""
    is_silent = part.status is Status.NOT_REPORTED
    return is_silent and part.is_excused and not policy.excused_counts_as_zero


def _as_it_enters(part: GradeInput, policy: Policy) -> Decimal | None:
    if part.status is Status.NOT_REPORTED:
        return silence_counts(policy, is_excused=part.is_excused)
    if part.status is Status.NOT_DUE or part.value is None:
        return None
    return scored(part.value, policy)


def _graded(part: GradeInput, capped: Decimal | None, total: Decimal, policy: Policy) -> GradedPart:
    brought = lost = ZERO
    if capped is not None and total:
        brought = part.weight * capped / total
        lost = part.weight * (capped - policy.cap) / total
    return GradedPart(
        part.id, part.label, part.value, capped, part.weight, part.status, brought, lost
    )


def _explained(
    value: Decimal | None, parts: tuple[GradedPart, ...], excused: int, policy: Policy
) -> Explanation:
    template = MEAN if policy.missing_counts_as_zero else MEAN_OF_REPORTED
    if excused:
        template = EXCUSED
    silent = sum(part.status is Status.NOT_REPORTED for part in parts)
    params = {
        "value": value,
        "counted": Decimal(sum(part.capped is not None for part in parts)),
        "all": Decimal(len(parts)),
        "silent": Decimal(silent),
        "cap": policy.cap,
    } | ({"excused": Decimal(excused)} if excused else {})
    rows = tuple(
        Part(
            subject=part.id,
            label=part.label,
            value=part.value,
            weight=part.weight,
            contribution=None if part.capped is None else part.contribution,
        )
        for part in parts
    )
    return Explanation("grade.mean", NOTHING_DUE if value is None else template, params, rows)
