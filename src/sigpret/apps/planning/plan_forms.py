"""What people type of a plan outside its cells; what was typed is kept, also when it is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.actions.outline import OBJECTIVE, RESULT, RowText
from sigpret.apps.planning.product_text import ProductText
from sigpret.apps.planning.queries import choices

NONE: list[tuple[Any, Any]] = [("", _("Sin indicar"))]
TEXTAREA = {"rows": 3}
LONGEST_NAME, LONGEST_TEXT, MOST_PASTED = 1000, 3000, 200_000


class ProductForm(forms.Form):
    """A product without its quantities, which are typed in the table."""

    name = forms.CharField(
        label=_("Nombre"),
        max_length=LONGEST_NAME,
        widget=forms.Textarea(attrs=TEXTAREA),
        help_text=_("Qué entrega la institución, en plural: «Informes de evaluación elaborados»."),
    )
    unit_of_measure_id = forms.TypedChoiceField(label=_("Unidad de medida"), coerce=int)
    periodicity_id = forms.TypedChoiceField(label=_("Periodicidad"), coerce=int)
    accumulation = forms.ChoiceField(
        label=_("Acumulación en el año"),
        help_text=_(
            "Un producto que no acumula, como «instituciones acompañadas», toma el último "
            "trimestre, el promedio o el mayor."
        ),
    )
    kind = forms.ChoiceField(label=_("Clase"), required=False)
    responsible_unit = forms.CharField(label=_("Responsable"), max_length=200, required=False)
    means_of_verification = forms.CharField(
        label=_("Medio de verificación"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit_of_measure_id"].choices = [*NONE, *choices.units()]
        fields["periodicity_id"].choices = [*NONE, *choices.periodicities()]
        fields["accumulation"].choices = choices.ACCUMULATIONS
        fields["kind"].choices = [*NONE, *choices.KINDS]

    def text(self) -> ProductText:
        facts = dict(self.cleaned_data)
        facts.pop("version", None)
        return ProductText(**facts)


class RowForm(forms.Form):
    """An objective, a result or an operational objective, with the data its kind has."""

    text = forms.CharField(
        label=_("Texto"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs=TEXTAREA)
    )
    program_ref = forms.CharField(
        label=_("Referencia programática"),
        max_length=40,
        required=False,
        help_text=_("Por ejemplo PG-11."),
    )
    assumption = forms.CharField(
        label=_("Supuesto"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    target_population_id = forms.TypedChoiceField(
        label=_("Población objetivo"), coerce=int, empty_value=None, required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if kind != OBJECTIVE:
            del fields["program_ref"]
        if kind != RESULT:
            del fields["assumption"], fields["target_population_id"]
        else:
            fields["target_population_id"].choices = [*NONE, *choices.populations()]

    def row_text(self) -> RowText:
        facts = dict(self.cleaned_data)
        facts.pop("seen", None)
        return RowText(**facts)

    def beside(self, theirs: RowText) -> list[tuple[str, str, str]]:
        """What was typed and what is stored, for each datum in which they differ."""
        has_population = "target_population_id" in self.fields
        populations = dict(choices.populations()) if has_population else {}
        found = []
        for name, field in self.fields.items():
            mine, stored = self.cleaned_data[name], getattr(theirs, name, None)
            if name != "seen" and mine != stored:
                typed, kept = (str(populations.get(one, one or "—")) for one in (mine, stored))
                found.append((str(field.label), typed, kept))
        return found


class StatementForm(forms.Form):
    """The mission and the vision."""

    mission = forms.CharField(
        label=_("Misión"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs=TEXTAREA),
    )
    vision = forms.CharField(
        label=_("Visión"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs=TEXTAREA),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class MoveForm(forms.Form):
    """Where a product goes."""

    group = forms.TypedChoiceField(label=_("Objetivo operativo"), coerce=int)

    def __init__(self, *args: Any, groups: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["group"].choices = groups


class PasteForm(forms.Form):
    """Rows copied from a spreadsheet, and where the new ones go."""

    group = forms.TypedChoiceField(label=_("Los productos nuevos van en"), coerce=int)
    rows = forms.CharField(
        label=_("Filas copiadas de la hoja de cálculo"),
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Nueve columnas en este orden: código, producto, unidad, periodicidad, anual, I, II, "
            "III y IV. Sin código, la fila es un producto nuevo."
        ),
    )

    def __init__(self, *args: Any, groups: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["group"].choices = groups
