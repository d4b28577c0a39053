"""What is typed in a change of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.queries.reprogramming import DatumInForce
from sigpret.web.formats import TypedNumberError, parse_number


class QuantityField(forms.CharField):
    """A quantity as people type it, `1,200.5`; blank is "not programmed"."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        try:
            return parse_number(typed)
        except TypedNumberError as problem:
            raise forms.ValidationError(str(problem)) from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class DataForm(forms.Form):
    """The data of one product; those of closed quarters are read only."""

    def __init__(self, *args: Any, data_in_force: Iterable[DatumInForce], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for datum in data_in_force:
            fields[datum.field] = QuantityField(
                label=datum.label,
                required=False,
                initial=datum.asked,
                disabled=datum.is_closed,
                help_text=_("Trimestre cerrado: no cambia.") if datum.is_closed else "",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def amounts(self) -> Mapping[str, Decimal | None]:
        """What was typed where it may change."""
        fields: Any = self.fields
        return {
            name: self.cleaned_data[name] for name, field in fields.items() if not field.disabled
        }


class ReasonForm(forms.Form):
    """Why the programming should change."""

    text = forms.CharField(
        label=_("Motivo del cambio"),
        help_text=_("Se publica si el cambio se acepta. Diga qué pasó y hasta cuándo."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """What whoever decides says; needed to return or refuse."""

    text = forms.CharField(
        label=_("Observación"),
        help_text=_("Necesaria para devolver o rechazar."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
