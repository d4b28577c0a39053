"""Reading what a person typed: a file, a column of annual outputs, a year over four quarters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.imports.actions import CellChange, QuartersChange
from sigpret.apps.imports.drafts import NOT_SCHEDULED, Cell, Draft, quarters_token
from sigpret.apps.imports.queries import DistributionRow
from sigpret.apps.imports.storable import quantity_fits
from sigpret.apps.planning.programming import QUARTER_NUMBERS, ProductKey, Quarters
from sigpret.web.dates import ROMAN
from sigpret.web.formats import TypedNumberError, parse_number

UPLOAD_LIMIT = 5 * 1024 * 1024
# What a multipart body weighs besides its file.
ENVELOPE = 64 * 1024
TOO_LARGE = gettext_lazy(
    "El archivo pesa más de 5 MB. Un reporte R00822953 nunca llega a ese tamaño: súbalo tal como "
    "lo da el SIAFI."
)


class UploadForm(forms.Form):
    """The report, in text or PDF. What it really is, its content says."""

    report = forms.FileField(
        label=gettext_lazy("Reporte R00822953 (texto o PDF)"),
        max_length=255,
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Elija el archivo del reporte."),
            "max_length": gettext_lazy("El nombre del archivo es demasiado largo. Acórtelo."),
        },
        widget=forms.FileInput(
            attrs={"accept": ".txt,.pdf,text/plain,application/pdf", "aria-describedby": "help"}
        ),
    )

    def clean_report(self) -> UploadedFile[bytes]:
        uploaded = cast("UploadedFile[bytes]", self.cleaned_data["report"])
        if (uploaded.size or 0) > UPLOAD_LIMIT:
            raise forms.ValidationError(str(TOO_LARGE))
        return uploaded


WORKBOOK_TOO_LARGE = gettext_lazy(
    "El archivo pesa más de 5 MB. La hoja que se descarga de aquí nunca llega a ese tamaño: quite "
    "imágenes y otras hojas."
)


class WorkbookForm(forms.Form):
    """A workbook that comes back. What it really is, its content says."""

    workbook = forms.FileField(
        label=gettext_lazy("Libro de Excel (.xlsx)"),
        max_length=255,
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Elija el archivo de Excel."),
            "max_length": gettext_lazy("El nombre del archivo es demasiado largo. Acórtelo."),
        },
    )

    def clean_workbook(self) -> UploadedFile[bytes]:
        uploaded = cast("UploadedFile[bytes]", self.cleaned_data["workbook"])
        if (uploaded.size or 0) > UPLOAD_LIMIT:
            raise forms.ValidationError(str(WORKBOOK_TOO_LARGE))
        return uploaded


class ConfirmForm(forms.Form):
    """Which versions of draft and plan the person looked at, and whether new codes are accepted."""

    expected_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    expected_plan_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    accepts_new_codes = forms.BooleanField(required=False)


@dataclass(frozen=True)
class TypedCells:
    """What a form says about the annual outputs: changes, and what could not be read, as typed."""

    changes: tuple[CellChange, ...] = ()
    typed: Mapping[ProductKey, str] = field(default_factory=dict)
    errors: Mapping[ProductKey, str] = field(default_factory=dict)


def read_cells(posted: Mapping[str, str], draft: Draft) -> TypedCells:
    """The cells the person changed; those left as they were seen say nothing."""
    typed, errors, changes = {}, {}, []
    for key in draft.products:
        text = posted.get(f"annual-{key.code}")
        seen = posted.get(f"seen-{key.code}", "")
        if text is None:
            continue
        typed[key] = text
        if seen == NOT_SCHEDULED and not text.strip():
            continue
        try:
            cell = Cell(quantity(text))
        except TypedNumberError as problem:
            errors[key] = str(problem)
            continue
        if cell.token != seen:
            changes.append(CellChange(key, seen, cell))
    return TypedCells(tuple(changes), typed, errors)


@dataclass(frozen=True)
class TypedQuarters:
    """What a form says about the quarters: changes, and the rows that could not be read."""

    changes: tuple[QuartersChange, ...] = ()
    typed: Mapping[ProductKey, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[ProductKey, str] = field(default_factory=dict)


def read_quarters(
    posted: Mapping[str, str], rows: Iterable[DistributionRow], *, accepts_all: bool
) -> TypedQuarters:
    """The rows the person changed, or every row when all the proposals are accepted."""
    typed, errors, changes = {}, {}, []
    for row in rows:
        key = row.key
        texts = tuple(posted.get(f"q{number}-{key.code}") for number in QUARTER_NUMBERS)
        if None in texts:
            continue
        typed[key] = cast(tuple[str, ...], texts)
        try:
            quarters = with_closed(row, quarters_typed(typed[key]))
        except TypedNumberError as problem:
            errors[key] = str(problem)
            continue
        if accepts_all or quarters_token(quarters) != posted.get(f"shown-{key.code}"):
            seen = posted.get(f"seen-{key.code}", "")
            changes.append(QuartersChange(key, seen, quarters))
    return TypedQuarters(tuple(changes), typed, errors)


def with_closed(row: DistributionRow, quarters: Quarters) -> Quarters:
    """Whatever was typed, a closed quarter says what it said."""
    kept = (
        row.quarters[number - 1] if number in row.closed else quarters[number - 1]
        for number in QUARTER_NUMBERS
    )
    return cast(Quarters, tuple(kept))


def quarters_typed(texts: tuple[str, ...]) -> Quarters:
    """Four quarters as typed. Raises TypedNumberError naming the quarter."""
    values: list[Decimal | None] = []
    for number, text in zip(QUARTER_NUMBERS, texts, strict=True):
        try:
            values.append(quantity(text))
        except TypedNumberError as problem:
            sentence = f"{ROMAN[number]} {_('trimestre')}: {problem}"
            raise TypedNumberError(sentence, problem.suggestion) from None
    return cast(Quarters, tuple(values))


def quantity(text: str) -> Decimal | None:
    """A quantity from 0 on that the plan can hold; None for an empty cell."""
    value = parse_number(text)
    if value is None:
        return None
    if value < 0:
        raise TypedNumberError(_("Escriba una cantidad de 0 en adelante."))
    if not quantity_fits(value):
        raise TypedNumberError(_("Escriba hasta cuatro decimales y no más de 16 cifras enteras."))
    return value
