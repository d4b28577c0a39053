"""The grades of all institutions, by band and never ranked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sigpret.apps.evaluation.queries.alphabet import alphabetical
from sigpret.apps.evaluation.queries.grades import InstitutionGrade, grades_at
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.scoring import Band


@dataclass(frozen=True, slots=True)
class NationalGrades:
    """Institutions in alphabetical order; `without_data` had nothing programmed to date."""

    quarter: Quarter
    graded: tuple[InstitutionGrade, ...]
    without_data: tuple[InstitutionGrade, ...]
    policy: Policy

    @property
    def bands(self) -> Mapping[Band, int]:
        """How many institutions stand in each band, every band named."""
        return bands_of(self.graded)


def by_name(grade: InstitutionGrade) -> tuple[str, str]:
    return alphabetical(grade.name), grade.code


def bands_of(grades: Iterable[InstitutionGrade]) -> dict[Band, int]:
    """How many institutions stand in each band; those without a grade are in none."""
    counted = Counter(grade.band for grade in grades)
    return {band: counted[band] for band in Band}


def national_grades(*, period: Period | None = None, as_of: date) -> NationalGrades | None:
    """The grades of a quarter; None while nobody has opened a round. Raises UnknownQuarterError."""
    quarter = quarter_shown(as_of=as_of, asked=period)
    if quarter is None:
        return None
    grades = sorted(grades_at(quarter).values(), key=by_name)
    return NationalGrades(
        quarter=quarter,
        graded=tuple(grade for grade in grades if grade.value is not None),
        without_data=tuple(grade for grade in grades if grade.value is None),
        policy=policy_for(quarter.period),
    )
