"""The fields of a row beyond its value: the variables of a formula, the parts of a breakdown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.forms import BoundField

from sigpret.apps.monitoring.forms import ValueForm
from sigpret.apps.monitoring.queries import CauseCategory, SheetRow
from sigpret.apps.monitoring.queries.details import Breakdown

FIXED = ("value", "cause_category", "cause")


@dataclass(frozen=True, slots=True)
class AmountField:
    """One amount as drawn: what it counts, its field, and what was there before typing."""

    label: str
    unit: str
    field: BoundField
    seen: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class SplitField:
    """A breakdown with a field for each of its parts."""

    split: Breakdown
    fields: tuple[AmountField, ...]


def form_of(row: SheetRow, data: Mapping[str, str] | None = None) -> ValueForm:
    """The row's form, as stored or bound to what was posted."""
    return ValueForm(
        data,
        prefix=row.key,
        initial={**initial_of(row), "version": row.cell.version},
        categories=CauseCategory.choices,
        amounts=labels_of(row),
    )


def labels_of(row: SheetRow) -> dict[str, str]:
    variables = {f"var-{one.id}": one.label for one in row.details.variables}
    splits = row.details.breakdowns
    return variables | {f"part-{part.id}": part.name for split in splits for part in split.parts}


def initial_of(row: SheetRow) -> dict[str, str]:
    """What is stored, as it would be typed."""
    return {
        "value": exact_text(row.cell.value),
        "cause_category": row.cell.cause_category,
        "cause": row.cell.cause,
        **{f"var-{one.id}": exact_text(one.amount) for one in row.details.variables},
        **{
            f"part-{part.id}": exact_text(part.amount)
            for split in row.details.breakdowns
            for part in split.parts
        },
    }


def variable_fields(row: SheetRow, form: ValueForm, seen: Mapping[str, str]) -> list[AmountField]:
    """The variables of a computed indicator, in the order of its sheet."""
    return [
        AmountField(one.label, one.unit, form[f"var-{one.id}"], seen[f"var-{one.id}"], one.amount)
        for one in row.details.variables
    ]


def split_fields(row: SheetRow, form: ValueForm, seen: Mapping[str, str]) -> Iterator[SplitField]:
    for split in row.details.breakdowns:
        names = [(part, f"part-{part.id}") for part in split.parts]
        fields = (
            AmountField(part.name, row.unit, form[name], seen[name], part.amount)
            for part, name in names
        )
        yield SplitField(split, tuple(fields))


def exact_text(value: Decimal | None) -> str:
    """A stored number as it would be typed: every decimal kept, thousands with commas."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
