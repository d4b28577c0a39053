"""What a closed datum would be after a change: its value, its variables and its parts, together."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.actions.details import (
    Details,
    Given,
    changed_details,
    computed_value,
    has_no_denominator,
    is_computed,
)
from sigpret.apps.monitoring.queries.details import is_summed
from sigpret.apps.reference.models import DisaggregationCategory
from sigpret.apps.results.models import Indicator
from sigpret.methodology.formula import check_parts
from sigpret.web.sentences import said


class ChangeRequestError(Exception):
    """The change cannot be asked for or decided so; its text says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there would be. `value` None: reported without a denominator. `amounts` are those of
    the variables by the name the formula gives them, empty where nothing is computed."""

    value: Decimal | None
    details: Details
    amounts: Mapping[str, Decimal]


def outcome_of(
    *,
    indicator: Indicator | None,
    before: Details,
    value: Decimal | None,
    variables: Given | None,
    parts: Given | None,
) -> Outcome:
    """The datum as it is asked for; what is not given stays as it was in `before`.

    Raises UnknownSubjectError, InvalidValueError, and ChangeRequestError: a variable or the value
    is missing, something divided by nothing, or parts that do not make the total.
    """
    after = changed_details(before, variables, parts, indicator)
    amounts: dict[str, Decimal] = {}
    if indicator is not None and is_computed(indicator):
        value, amounts = computed(indicator, after)
    elif value is None:
        raise ChangeRequestError(_("Escriba el valor correcto."))
    if indicator is not None and after.parts:
        check_makes_the_total(indicator, value, after)
    return Outcome(value, after, amounts)


def computed(indicator: Indicator, after: Details) -> tuple[Decimal | None, dict[str, Decimal]]:
    names = dict(indicator.variables.values_list("pk", "name"))
    if names.keys() - after.variables.keys():
        raise ChangeRequestError(_("Este indicador se calcula: escriba todas sus variables."))
    value = computed_value(indicator, after.variables)
    if value is None and not has_no_denominator(indicator, after.variables):
        raise ChangeRequestError(_("El denominador es 0 y el numerador no: corrija las variables."))
    return value, {names[key]: amount for key, amount in after.variables.items()}


def check_makes_the_total(indicator: Indicator, value: Decimal | None, after: Details) -> None:
    """Another total with the same parts, or the other way round, would contradict itself."""
    if not is_summed(indicator.unit, indicator.value_source):
        return
    own = DisaggregationCategory.objects.filter(disaggregation__indicators=indicator)
    splits: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    for key, split, name in own.values_list("pk", "disaggregation_id", "name"):
        splits[split][name] = after.parts.get(key)
    for amounts in splits.values():
        for problem in check_parts(value, amounts):
            raise ChangeRequestError(said(problem.text))
