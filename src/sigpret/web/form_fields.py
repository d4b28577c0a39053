"""Fields that mean the same in every form of the product."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.formats import TypedNumberError, parse_number

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"
TYPED_LENGTH = 40


class LocalMomentField(forms.DateTimeField):
    """A day and an hour of Tegucigalpa, whatever the server's zone; the value is aware."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_MOMENT)
        super().__init__(widget=widget, input_formats=[LOCAL_MOMENT], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(TEGUCIGALPA) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace(tzinfo=TEGUCIGALPA) if isinstance(typed, datetime) else typed


class NumberField(forms.CharField):
    """A number as people write it: 1,234.5; its error is a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        if len(typed) > TYPED_LENGTH:
            raise ValidationError(_("Escriba sólo el número."))
        try:
            return parse_number(typed)
        except TypedNumberError as problem:
            raise ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value
