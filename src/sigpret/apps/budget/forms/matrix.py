"""The cells of the production matrix, and the parts of one product by territory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.forms.fields import QuantityField
from sigpret.apps.budget.queries.matrix import MatrixRow, ProductionMatrix
from sigpret.apps.planning.actions.foresight import ForesightEdit


class Disputed(NamedTuple):
    """A datum of a product two people wrote; `year` None: its responsible unit."""

    label: str
    year: int | None
    mine: Any
    theirs: Any


class MatrixForm(forms.Form):
    """The responsible unit and the later years of every product."""

    def __init__(self, *args: Any, matrix: ProductionMatrix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        fields: Any = self.fields
        for row in matrix.rows:
            self._add_row(fields, row)

    def _add_row(self, fields: Any, row: MatrixRow) -> None:
        pk = row.product_id
        fields[f"v{pk}"] = forms.IntegerField(initial=row.version, widget=forms.HiddenInput)
        fields[f"r{pk}"] = forms.CharField(
            label=_("Responsable de %(label)s") % {"label": row.label},
            initial=row.responsible_unit,
            max_length=200,
            required=False,
            widget=forms.TextInput(attrs={"class": "text-cell"}),
        )
        for year, planned in row.later:
            field = QuantityField(
                label=_("%(label)s en %(year)s") % {"label": row.label, "year": year},
                initial=planned,
                required=False,
            )
            field.widget.attrs |= {"class": "cell year", "data-col": str(year)}
            fields[f"y{year}-{pk}"] = field

    def cells(self, row: MatrixRow) -> dict[str, Any]:
        """The fields of a row, for the page."""
        pk = row.product_id
        return {
            "version": self[f"v{pk}"],
            "responsible": self[f"r{pk}"],
            "years": [self[f"y{year}-{pk}"] for year, _planned in row.later],
        }

    def groups(self) -> Iterable[Any]:
        return [
            (group, [(row, self.cells(row)) for row in group.rows]) for group in self.matrix.groups
        ]

    def edits(self) -> tuple[ForesightEdit, ...]:
        data = self.cleaned_data
        return tuple(
            ForesightEdit(
                row.product_id,
                data[f"v{row.product_id}"],
                data[f"r{row.product_id}"],
                {year: data[f"y{year}-{row.product_id}"] for year, _planned in row.later},
            )
            for row in self.matrix.rows
        )

    def disputed(self, now: ProductionMatrix, ids: Collection[int]) -> Iterable[Disputed]:
        """Of these products, each datum that says something else now than what was typed."""
        for row in now.rows:
            if row.product_id not in ids:
                continue
            mine = self.cleaned_data[f"r{row.product_id}"]
            if mine != row.responsible_unit:
                yield Disputed(row.label, None, mine, row.responsible_unit)
            for year, planned in row.later:
                typed = self.cleaned_data[f"y{year}-{row.product_id}"]
                if typed != planned:
                    yield Disputed(row.label, year, typed, planned)

    def again(self, now: ProductionMatrix) -> MatrixForm:
        """The same as it was typed, over what there is now: sent again, it is kept."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for row in now.rows:
            data[f"v{row.product_id}"] = row.version
        return MatrixForm(data, matrix=now)


class TerritoryForm(forms.Form):
    """What of a product is foreseen in each territory; blank: nothing is said of it."""

    def __init__(
        self, *args: Any, row: MatrixRow, places: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        stored = {one.territory_id: one.planned for one in row.territories}
        self.places = tuple(places)
        for pk, name in self.places:
            fields[f"t{pk}"] = QuantityField(label=name, initial=stored.get(pk), required=False)

    def parts(self) -> dict[int, Any]:
        return {pk: self.cleaned_data[f"t{pk}"] for pk, _name in self.places}
