"""What stands behind a value: the variables it is computed from, the parts it is split in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.models import DisaggregatedAmount, ReportedValue, VariableAmount
from sigpret.apps.reference.models import DisaggregationCategory
from sigpret.apps.results.models import Indicator, IndicatorVariable
from sigpret.methodology.formula import FormulaError, parse
from sigpret.web.sentences import said

LARGEST = Decimal(10) ** 16
STEP = Decimal("0.0001")
Given = Mapping[int, Decimal | None]


class InvalidValueError(Exception):
    """Not a value this subject can have: not finite, too long, or negative for a product."""


class UnknownSubjectError(Exception):
    """No such product, indicator, variable or category in what the institution reports."""


@dataclass(frozen=True, slots=True)
class Details:
    """The amounts behind a value, by the id of the variable and of the category."""

    variables: dict[int, Decimal] = field(default_factory=dict)
    parts: dict[int, Decimal] = field(default_factory=dict)

    def printable(self) -> dict[str, dict[str, str]]:
        """What the audit chain keeps; nothing when there is nothing."""
        shown = {"variables": self.variables, "parts": self.parts}
        return {
            name: {str(key): f"{amount.normalize():f}" for key, amount in sorted(amounts.items())}
            for name, amounts in shown.items()
            if amounts
        }


def details_from(kept: Mapping[str, Mapping[str, str]]) -> Details:
    """The details that `printable` wrote."""
    return Details(
        *(
            {int(key): Decimal(amount) for key, amount in kept.get(name, {}).items()}
            for name in ("variables", "parts")
        )
    )


def details_of(stored: ReportedValue) -> Details:
    """What is stored behind a value; nothing behind one that is not stored yet."""
    if stored.pk is None:
        return Details()
    return Details(
        dict(stored.variables.values_list("variable_id", "amount")),
        dict(stored.parts.values_list("category_id", "amount")),
    )


def changed_details(
    before: Details, variables: Given | None, parts: Given | None, indicator: Indicator | None
) -> Details:
    """What there will be: None leaves a kind as it is, an amount of None takes one away.

    Raises UnknownSubjectError, InvalidValueError.
    """
    check_known(variables, variable_ids(indicator) if variables else ())
    check_known(parts, category_ids(indicator) if parts else ())
    return Details(merged(before.variables, variables), merged(before.parts, parts))


def check_known(given: Given | None, known: Collection[int]) -> None:
    """Every amount is of something of this indicator, and can be stored without altering it."""
    for key, amount in (given or {}).items():
        if key not in known:
            raise UnknownSubjectError(_("Esa variable o categoría no es de este indicador."))
        check_amount(amount)


def check_amount(amount: Decimal | None) -> None:
    """A quantity that can be stored without altering it."""
    if amount is None:
        return
    if not amount.is_finite() or abs(amount) >= LARGEST:
        raise InvalidValueError(_("Escriba un número."))
    if amount != amount.quantize(STEP):
        raise InvalidValueError(_("Escriba como máximo cuatro decimales."))


def variable_ids(indicator: Indicator | None) -> Collection[int]:
    if indicator is None:
        return ()
    own = IndicatorVariable.objects.filter(indicator=indicator)
    return set(own.values_list("pk", flat=True))


def category_ids(indicator: Indicator | None) -> Collection[int]:
    if indicator is None:
        return ()
    own = DisaggregationCategory.objects.filter(disaggregation__indicators=indicator)
    return set(own.values_list("pk", flat=True))


def merged(before: dict[int, Decimal], given: Given | None) -> dict[int, Decimal]:
    after = {**before, **(given or {})}
    return {key: amount for key, amount in after.items() if amount is not None}


def is_computed(indicator: Indicator | None) -> bool:
    return indicator is not None and indicator.value_source == Indicator.ValueSource.FORMULA


def computed_value(indicator: Indicator, amounts: Mapping[int, Decimal]) -> Decimal | None:
    """The indicator's formula with these amounts, to four decimals half up.

    None while a variable is missing, or when the formula divides by zero. Raises
    InvalidValueError when the formula cannot be read or its result cannot be stored.
    """
    names = dict(indicator.variables.values_list("pk", "name"))
    values = {names[key]: amount for key, amount in amounts.items()}
    try:
        value = parse(indicator.formula).evaluate(values)
    except FormulaError as problem:
        raise InvalidValueError(said(problem)) from problem
    if value is None:
        return None
    if abs(value) >= LARGEST:
        raise InvalidValueError(_("La fórmula da un número demasiado grande. Revise los datos."))
    return value.quantize(STEP, rounding=ROUND_HALF_UP)


def has_no_denominator(indicator: Indicator, amounts: Mapping[int, Decimal]) -> bool:
    """Do these amounts say 0 of 0? It is a report, though there is nothing to compute."""
    names = dict(indicator.variables.values_list("pk", "name"))
    try:
        formula = parse(indicator.formula)
    except FormulaError as problem:
        raise InvalidValueError(said(problem)) from problem
    return formula.has_no_denominator({names[key]: amount for key, amount in amounts.items()})


def store_details(stored: ReportedValue, before: Details, after: Details) -> None:
    """Write what changed behind a value that is stored and held."""
    if before.variables != after.variables:
        stored.variables.all().delete()
        VariableAmount.objects.bulk_create(
            VariableAmount(value=stored, variable_id=key, amount=amount)
            for key, amount in sorted(after.variables.items())
        )
    if before.parts != after.parts:
        stored.parts.all().delete()
        DisaggregatedAmount.objects.bulk_create(
            DisaggregatedAmount(value=stored, category_id=key, amount=amount)
            for key, amount in sorted(after.parts.items())
        )
