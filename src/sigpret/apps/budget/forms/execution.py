"""What is said of a file of execution: whose and of when it is, which column is which."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.execution_words import FIELD_WORDS
from sigpret.intake.execution.amounts import COMMA, POINT
from sigpret.intake.execution.columns import FIELDS
from sigpret.web.dates import MONTHS, ROMAN

TEXT_LIMIT = 96 * 1024 * 1024
WORKBOOK_LIMIT = 24 * 1024 * 1024
ENVELOPE = 64 * 1024
TOO_LARGE = _(
    "El archivo es demasiado grande: hasta 96 MB en CSV y 24 MB en Excel. Divídalo por institución "
    "o súbalo como CSV."
)
CUMULATIVE_YEAR = _(
    "Un archivo de todo el año no puede venir acumulado: elija el trimestre o el mes hasta el que "
    "suma, o suba los montos de cada mes sin acumular."
)
PERIODS = (
    *((f"Q{n}", _("%(n)s trimestre") % {"n": ROMAN[n]}) for n in range(1, 5)),
    *((f"M{n:02}", month.capitalize()) for n, month in enumerate(MONTHS, 1)),
    ("", _("Todo el año: cada fila dice su mes o trimestre")),
)
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_CELL = 24


class BringForm(forms.Form):
    """A file of execution and what it is of. What it really holds, its rows say."""

    institution = forms.ChoiceField(label=_("Institución"), required=False)
    fiscal_year = forms.IntegerField(
        label=_("Ejercicio"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    period = forms.ChoiceField(label=_("Periodo"), choices=PERIODS, required=False)
    is_cumulative = forms.BooleanField(
        label=_("Los montos vienen acumulados desde enero"), required=False
    )
    file = forms.FileField(
        label=_("Archivo del SIAFI (CSV o Excel)"),
        max_length=255,
        allow_empty_file=True,
        error_messages={
            "required": _("Elija el archivo de ejecución."),
            "max_length": _("El nombre del archivo es demasiado largo. Acórtelo."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
    )

    def __init__(self, *args: Any, places: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["institution"].choices = places

    def clean_file(self) -> UploadedFile[bytes]:
        uploaded = cast("UploadedFile[bytes]", self.cleaned_data["file"])
        limit = WORKBOOK_LIMIT if (uploaded.name or "").lower().endswith(".xlsx") else TEXT_LIMIT
        if (uploaded.size or 0) > limit:
            raise forms.ValidationError(str(TOO_LARGE))
        return uploaded

    def clean(self) -> dict[str, Any]:
        """Which months a running sum of a whole year stands for is not guessed."""
        said = super().clean() or {}
        if said.get("is_cumulative") and said.get("period") == "":
            self.add_error("period", str(CUMULATIVE_YEAR))
        return said

    def period_code(self) -> str:
        """An SDMX code; the year alone when each row says its own."""
        year, period = self.cleaned_data["fiscal_year"], self.cleaned_data["period"]
        return f"{year}-{period}" if period else str(year)


def columns_shown(layout: dict[str, Any]) -> list[str]:
    """Each column of a file by its place, its header and what its first row says."""
    first = [*next(iter(layout["sample"]), []), *[""] * len(layout["headers"])]
    return [
        f"{place} · {header} ({Truncator(cell).chars(LONGEST_CELL)})"
        if cell
        else f"{place} · {header}"
        for place, (header, cell) in enumerate(zip(layout["headers"], first, strict=False), 1)
    ]


class ColumnsForm(forms.Form):
    """Which column of the file is which. A field without a column is not in the file."""

    expected_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    mark = forms.ChoiceField(
        label=_("Separador de decimales"),
        choices=((POINT, _("Punto: 1,234.50")), (COMMA, _("Coma: 1.234,50"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Diga cómo escribe el archivo los decimales.")},
    )

    def __init__(self, *args: Any, columns: dict[str, Any], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"mark": columns["mark"]} | columns["mapping"])
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        choices = [("", _("No viene")), *enumerate(columns_shown(columns["layout"]))]
        for name in FIELDS:
            fields[name] = forms.TypedChoiceField(
                label=FIELD_WORDS[name], choices=choices, coerce=int, required=False,
                empty_value=None,
            )  # fmt: skip

    def mapping(self) -> dict[str, int]:
        """From field to place of the column."""
        found = {name: self.cleaned_data.get(name) for name in FIELDS}
        return {name: place for name, place in found.items() if place is not None}


class StoreForm(forms.Form):
    """Which version the person looked at, and what they accept."""

    expected_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    accepts_new_codes = forms.BooleanField(required=False)
    accepts_totals = forms.BooleanField(required=False)
