"""What a value is of: a product of the year's plan, or an indicator the institution answers for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.actions.details import UnknownSubjectError
from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Indicator
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class Subject:
    """What a value is of, in whose report."""

    institution: Institution
    period: Period
    product_id: int | None
    indicator_id: int | None


def known_indicator(subject: Subject) -> Indicator | None:
    """The indicator, which is the institution's own; None for a product of its plan of the year.

    Raises UnknownSubjectError.
    """
    check_is_one(subject)
    return indicator_in(subject, is_own=is_planned(subject))


def check_is_one(subject: Subject) -> None:
    """A value is of a product or of an indicator. Raises UnknownSubjectError."""
    if (subject.product_id is None) == (subject.indicator_id is None):
        raise UnknownSubjectError(_("Diga de qué producto o de qué indicador es el dato."))


def indicator_in(subject: Subject, *, is_own: bool) -> Indicator | None:
    """As `known_indicator`; `is_own`: the product was found in the institution's plan."""
    if subject.product_id is None:
        own = Indicator.objects.filter(responsible=subject.institution)
        if (found := own.filter(pk=subject.indicator_id or 0).first()) is not None:
            return found
    elif is_own:
        return None
    raise UnknownSubjectError(_("Ese dato no es de esta institución o no es de este año."))


def is_planned(subject: Subject) -> bool:
    return Product.objects.filter(
        pk=subject.product_id or 0,
        operational_objective__objective__plan__institution=subject.institution,
        operational_objective__objective__plan__fiscal_year=subject.period.year,
    ).exists()


def check_subject(
    institution: Institution, period: Period, product_id: int | None, indicator_id: int | None
) -> None:
    """The institution reports it that year. Raises UnknownSubjectError."""
    known_indicator(Subject(institution, period, product_id, indicator_id))
