"""What stands behind the values of a sheet: variables of formulas, parts by sex, territory…"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.monitoring.models import DisaggregatedAmount, VariableAmount
from sigpret.apps.reference.models import DisaggregationCategory
from sigpret.apps.results.models import Indicator, IndicatorVariable
from sigpret.methodology.formula import check_parts
from sigpret.web.formats import PERCENT_UNITS
from sigpret.web.sentences import said


@dataclass(frozen=True, slots=True)
class VariableCell:
    """A variable of a computed indicator, with its amount in the quarter if it was written."""

    id: int
    name: str
    label: str
    unit: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PartCell:
    """One category of a breakdown, with its amount in the quarter if it was written."""

    id: int
    name: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A way in which a value is split. `is_summed`: its parts must add up to the value."""

    name: str
    parts: tuple[PartCell, ...]
    is_summed: bool

    @property
    def is_given(self) -> bool:
        return any(part.amount is not None for part in self.parts)

    @property
    def total(self) -> Decimal:
        return sum((part.amount or Decimal(0) for part in self.parts), Decimal(0))

    def problems(self, value: Decimal | None) -> tuple[str, ...]:
        """What keeps the parts from being those of the value; nothing when none was given."""
        if not self.is_summed:
            return ()
        amounts = {part.name: part.amount for part in self.parts}
        return tuple(said(problem.text) for problem in check_parts(value, amounts))


@dataclass(frozen=True, slots=True)
class Details:
    """What stands behind one value."""

    formula: str = ""
    variables: tuple[VariableCell, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The amounts that are written, by the name of the variable."""
        return {one.name: one.amount for one in self.variables if one.amount is not None}

    def problems(self, value: Decimal | None) -> tuple[str, ...]:
        return tuple(text for split in self.breakdowns for text in split.problems(value))


NO_DETAILS = Details()


def details_by_indicator(institution_id: int, value_ids: Mapping[int, int]) -> dict[int, Details]:
    """The details of the institution's indicators, by indicator; those without any are not there.

    `value_ids` goes from the indicator to its value of the quarter. Two statements, and two
    more where something is written.
    """
    variables = variables_by_indicator(institution_id, value_ids.values())
    breakdowns = breakdowns_by_indicator(institution_id, value_ids)
    return {
        indicator: Details(*variables.get(indicator, ("", ())), breakdowns.get(indicator, ()))
        for indicator in variables.keys() | breakdowns.keys()
    }


def variables_by_indicator(
    institution_id: int, value_ids: Iterable[int]
) -> dict[int, tuple[str, tuple[VariableCell, ...]]]:
    """The formula of each computed indicator and its variables in their order."""
    rows = list(
        IndicatorVariable.objects.filter(
            indicator__responsible=institution_id,
            indicator__value_source=Indicator.ValueSource.FORMULA,
        )
        .order_by("indicator_id", "position", "pk")
        .values_list("indicator_id", "indicator__formula", "pk", "name", "label", "unit")
    )
    if not rows:
        return {}
    written = VariableAmount.objects.filter(value_id__in=list(value_ids))
    amounts = dict(written.values_list("variable_id", "amount"))
    formulas = {indicator: formula for indicator, formula, *_rest in rows}
    cells: dict[int, list[VariableCell]] = defaultdict(list)
    for indicator, _formula, key, name, label, unit in rows:
        cells[indicator].append(VariableCell(key, name, label, unit, amounts.get(key)))
    return {indicator: (formulas[indicator], tuple(found)) for indicator, found in cells.items()}


def breakdowns_by_indicator(
    institution_id: int, value_ids: Mapping[int, int]
) -> dict[int, tuple[Breakdown, ...]]:
    """The breakdowns each indicator's sheet asks for."""
    rows = list(
        DisaggregationCategory.objects.filter(
            disaggregation__indicators__responsible=institution_id
        )
        .order_by("disaggregation__indicators", "disaggregation__code", "position")
        .values_list(
            "disaggregation__indicators__pk",
            "disaggregation__name",
            "pk",
            "name",
            "disaggregation__indicators__unit",
            "disaggregation__indicators__value_source",
        )
    )
    if not rows:
        return {}
    written = DisaggregatedAmount.objects.filter(value_id__in=list(value_ids.values()))
    amounts = {
        (value, category): amount
        for value, category, amount in written.values_list("value_id", "category_id", "amount")
    }
    splits: dict[tuple[int, str, bool], list[PartCell]] = defaultdict(list)
    for indicator, split, key, name, unit, source in rows:
        amount = amounts.get((value_ids.get(indicator, 0), key))
        place = (indicator, split, is_summed(unit, source))
        splits[place].append(PartCell(key, name, amount))
    return grouped(splits)


def is_summed(unit: str, source: str) -> bool:
    """Counts are the sum of their parts; a rate of the whole is not the sum of its parts' rates."""
    return source == Indicator.ValueSource.REPORTED and unit.casefold() not in PERCENT_UNITS


def grouped(
    splits: Mapping[tuple[int, str, bool], list[PartCell]],
) -> dict[int, tuple[Breakdown, ...]]:
    def of(indicator: int) -> Iterator[Breakdown]:
        for (owner, name, summed), parts in splits.items():
            if owner == indicator:
                yield Breakdown(name, tuple(parts), summed)

    return {indicator: tuple(of(indicator)) for indicator, _name, _summed in splits}
