"""The cells of the table that are edited where they stand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.results.actions.rows import GOAL_CELLS, SHEET_CELLS, RowVersions
from sigpret.apps.results.queries.columns import MatrixRow
from sigpret.web.form_fields import NumberField

SHORT = {"rows": 2}


class RowForm(forms.Form):
    """What changes most often; everything else is in the sheet."""

    text = forms.CharField(label=_("Meta"), max_length=500, widget=forms.Textarea(attrs=SHORT))
    is_prioritised = forms.BooleanField(label=_("Priorizada"), required=False)
    name = forms.CharField(
        label=_("Indicador"), max_length=400, required=False, widget=forms.Textarea(attrs=SHORT)
    )
    definition = forms.CharField(
        label=_("Definición"), required=False, widget=forms.Textarea(attrs=SHORT)
    )
    unit = forms.CharField(label=_("Unidad"), max_length=60, required=False)
    source = forms.CharField(label=_("Fuente"), max_length=300, required=False)
    means_of_verification = forms.CharField(
        label=_("Medio de verificación"), max_length=300, required=False
    )
    responsible_unit = forms.CharField(
        label=_("Unidad responsable"), max_length=200, required=False
    )
    baseline = NumberField(label=_("Línea base"), required=False)
    baseline_year = forms.IntegerField(
        label=_("Año base"), required=False, min_value=1990, max_value=2100
    )
    assumption = forms.CharField(
        label=_("Supuesto"), required=False, max_length=1000, widget=forms.Textarea(attrs=SHORT)
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(row: MatrixRow) -> dict[str, Any]:
        return {
            "text": row.text, "is_prioritised": row.is_prioritised, "name": row.indicator,
            "definition": row.definition, "unit": row.unit, "source": row.source,
            "means_of_verification": row.means_of_verification,
            "responsible_unit": row.responsible_unit, "baseline": row.baseline,
            "baseline_year": row.baseline_year, "assumption": row.assumption,
            "version": row.version, "sheet_version": row.indicator_version,
        }  # fmt: skip

    def cells(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*GOAL_CELLS, *SHEET_CELLS)}

    def versions(self) -> RowVersions:
        return RowVersions(self.cleaned_data["version"], self.cleaned_data["sheet_version"])
