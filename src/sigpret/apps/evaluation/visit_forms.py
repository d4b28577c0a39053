"""What is typed about a visit: its plan, what was seen, who signs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.evaluation.models import FieldVisit, FieldVisitCheck
from sigpret.apps.monitoring.forms import TypedNumberField

LONG = 2000
ANSWERS = FieldVisitCheck.Answer.choices
QUESTIONS = (
    _("El producto o servicio está en el lugar."),
    _("La cantidad encontrada coincide con la reportada."),
    _("La evidencia adjunta corresponde a lo que se vio."),
    _("Quienes lo recibieron lo confirman."),
    _("El registro del lugar está al día."),
)


def day_field(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": missing, "invalid": missing},
    )


class PlanForm(forms.Form):
    """Where, when, what for, and what will be looked at, one line each."""

    place = forms.CharField(
        label=_("Lugar"),
        max_length=200,
        error_messages={"required": _("Escriba a qué lugar se va.")},
    )
    planned_for = day_field(_("Día previsto"), _("Escriba el día previsto."))
    purpose = forms.CharField(
        label=_("Qué se quiere comprobar"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Escriba qué se quiere comprobar.")},
    )
    questions = forms.CharField(
        label=_("Lista de comprobación, una línea por punto"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Escriba al menos una cosa por comprobar.")},
    )

    def lines(self) -> list[str]:
        text: str = self.cleaned_data["questions"]
        return text.splitlines()


class RecordForm(forms.Form):
    """What was seen. The checklist's answers come as `check-<number>` and `note-<number>`."""

    done_on = day_field(_("Día de la visita"), _("Escriba el día de la visita."))
    found = TypedNumberField(
        label=_("Cantidad que encontró"),
        required=False,
        help_text=_("Déjela vacía si no se contó."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    result = forms.ChoiceField(
        label=_("Resultado"),
        choices=FieldVisit.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija el resultado de la visita.")},
    )
    findings = forms.CharField(
        label=_("Hallazgos"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Escriba lo que se vio.")},
    )
    participants = forms.CharField(
        label=_("Quiénes participaron"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nombre y cargo, una persona por línea."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, numbers: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = numbers

    def answers(self) -> dict[int, str]:
        known = set(FieldVisitCheck.Answer.values)
        asked = {number: self.data.get(f"check-{number}", "") for number in self.numbers}
        return {number: answer for number, answer in asked.items() if answer in known}

    def notes(self) -> dict[int, str]:
        return {number: self.data.get(f"note-{number}", "") for number in self.numbers}


class SignForm(forms.Form):
    """Who received the visit; the visitor signs with their own account."""

    counterpart = forms.CharField(
        label=_("Nombre completo de quien recibió la visita"),
        max_length=200,
        error_messages={"required": _("Escriba el nombre de quien recibió la visita.")},
    )
    counterpart_position = forms.CharField(label=_("Cargo"), max_length=200, required=False)
    agrees = forms.BooleanField(
        label=_("Leímos esta acta y estamos de acuerdo con lo que dice."),
        error_messages={"required": _("Marque que la leyeron para firmar.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
