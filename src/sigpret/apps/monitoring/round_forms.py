"""What people type about rounds: deadlines, extensions, and changes of closed data."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.forms import TypedNumberField
from sigpret.web.form_fields import LocalMomentField

TEXT_LENGTH = 1000
SUMMARISE = _("Resuma en 1,000 caracteres.")


def sentence(label: Any, required: Any = "", rows: int = 3) -> forms.CharField:
    """A reason or a note; optional when nothing is said for its absence."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": SUMMARISE},
    )


class ExtensionRequestForm(forms.Form):
    """Why an institution needs more time."""

    reason = sentence(_("Por qué necesita más tiempo"), _("Escriba por qué necesita más tiempo."))


class GrantForm(forms.Form):
    """Until when, and why when nobody asked."""

    until = LocalMomentField(
        label=_("Nuevo plazo"),
        help_text=_("Hora de Tegucigalpa."),
        error_messages={
            "required": _("Diga hasta cuándo vale la prórroga."),
            "invalid": _("Escriba el día y la hora."),
        },
    )
    reason = sentence(_("Motivo"), rows=2)
    note = sentence(_("Nota para la institución"), rows=2)


class RefusalForm(forms.Form):
    """Why not; the institution reads it."""

    note = sentence(
        _("Por qué no se concede"), _("Escriba por qué no concede la prórroga."), rows=2
    )


class DeadlineForm(forms.Form):
    """Another deadline for everybody, with its reason."""

    closes_at = LocalMomentField(
        label=_("Nuevo plazo"),
        help_text=_("Hora de Tegucigalpa."),
        error_messages={
            "required": _("Escriba el día y la hora del plazo."),
            "invalid": _("Escriba el día y la hora del plazo."),
        },
    )
    reason = sentence(_("Motivo del cambio"), _("Escriba por qué cambia el plazo."), rows=2)


class OpeningForm(forms.Form):
    """Until when a quarter that opens takes reports."""

    closes_at = LocalMomentField(
        label=_("Recibe reportes hasta"),
        help_text=_("Hora de Tegucigalpa. Se propone lo que dice la regla vigente."),
        error_messages={
            "required": _("Escriba el día y la hora del plazo."),
            "invalid": _("Escriba el día y la hora del plazo."),
        },
    )


class ChangeForm(forms.Form):
    """The value a closed datum should have, and why."""

    new_value = TypedNumberField(
        label=_("Valor correcto"), error_messages={"required": _("Escriba el valor correcto.")}
    )
    reason = sentence(_("Por qué debe cambiar"), _("Escriba por qué debe cambiar el dato."))
    evidence = forms.ChoiceField(label=_("Evidencia"), required=False)

    def __init__(
        self,
        *args: Any,
        choices: Any = (),
        amounts: Mapping[str, str] | None = None,
        is_computed: bool = False,
        **kwargs: Any,
    ) -> None:
        """`amounts` are the variables and parts of the datum: the field's name and its label."""
        super().__init__(*args, **kwargs)
        if is_computed:
            del self.fields["new_value"]
        for name, label in (amounts or {}).items():
            self.fields[name] = TypedNumberField(label=label, required=False)
        self.order_fields(["new_value", *(amounts or {}), "reason", "evidence"])
        evidence = cast(forms.ChoiceField, self.fields["evidence"])
        evidence.choices = [("", _("Sin evidencia")), *choices]

    def amounts(self, kind: str) -> dict[int, Decimal | None] | None:
        """What was typed of the variables (`var`) or parts (`part`), by id; None: not asked."""
        prefix = f"{kind}-"
        given = {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }
        return given or None

    def clean_new_value(self) -> Any:
        value = self.cleaned_data["new_value"]
        if value is None:
            raise forms.ValidationError(_("Escriba el valor correcto."))
        return value


class DecisionForm(forms.Form):
    """DIGER's decision about a change, with its note."""

    note = sentence(_("Nota de su decisión"), _("Escriba la nota de su decisión."), rows=2)
