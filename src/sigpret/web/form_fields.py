"""Fields that mean the same in every form of the product."""

from datetime import datetime
from typing import Any

from django import forms

from sigpret.web.dates import TEGUCIGALPA

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"


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
