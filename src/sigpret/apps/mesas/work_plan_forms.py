"""What is typed in a work plan: its objective, its results, its activities, its progress."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.work_plan import TypedActivity
from sigpret.apps.mesas.agreement_forms import day_field, text_field

LINE = 300
Pairs = Sequence[tuple[int, str]]


class BeginForm(forms.Form):
    reason = text_field(_("Por qué cambia"), _("Escriba por qué cambia."), rows=2, required=False)


class ObjectiveForm(forms.Form):
    objective = text_field(_("Objetivo del plan"), "", rows=2, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class ResultForm(forms.Form):
    text = forms.CharField(
        label=_("Resultado"),
        max_length=LINE,
        error_messages={"required": _("Escriba el resultado.")},
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class ActivityForm(forms.Form):
    """One row: what, who, when; and why it changes, when a version in force says otherwise."""

    text = forms.CharField(
        label=_("Actividad"),
        max_length=LINE,
        error_messages={"required": _("Escriba la actividad.")},
    )
    institutions = forms.TypedMultipleChoiceField(
        label=_("Instituciones responsables"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={
            "required": _("Elija al menos una institución responsable."),
            "invalid_choice": _("Elija instituciones de la mesa."),
        },
    )
    responsible = forms.CharField(label=_("Persona responsable"), max_length=200, required=False)
    starts_on = day_field(_("Empieza"), _("Escriba el día en que empieza."))
    ends_on = day_field(_("Termina"), _("Escriba el día en que termina."))
    reason = forms.CharField(
        label=_("Por qué cambia respecto del plan vigente"), max_length=LINE, required=False
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: Pairs = (), changes: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["institutions"].choices = list(places)
        if not changes:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("No puede terminar antes de empezar."))
        return data

    def typed(self) -> TypedActivity:
        data = self.cleaned_data
        return TypedActivity(
            text=data["text"],
            institution_ids=data["institutions"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            responsible=data["responsible"],
            reason=data.get("reason", ""),
        )


class ProgressForm(forms.Form):
    percent = forms.IntegerField(
        label=_("Avance, de 0 a 100 %"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "5"}),
        error_messages={
            "required": _("Escriba el avance, de 0 a 100."),
            "invalid": _("Escriba el avance, de 0 a 100."),
            "min_value": _("El avance va de 0 a 100 %."),
            "max_value": _("El avance va de 0 a 100 %."),
        },
    )
    note = text_field(_("Qué se hizo"), "", rows=2, required=False)


class ObserveForm(forms.Form):
    text = text_field(_("Qué pide cambiar"), _("Escriba qué pide cambiar."), rows=3)
