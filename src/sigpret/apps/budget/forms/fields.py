"""Quantities and lempiras as people type them: `1,200.50`; `1.200` is asked for, never guessed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sigpret.web.formats import TypedNumberError, format_number, parse_number


class QuantityField(forms.CharField):
    """A number that is not negative, with at most so many decimals; blank is None, never 0."""

    def __init__(self, *, decimals: int = 4, positive: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)
        self.decimals, self.positive = decimals, positive

    def prepare_value(self, value: Any) -> Any:
        return format_number(value, None) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        try:
            number = parse_number(typed)
        except TypedNumberError as problem:
            raise forms.ValidationError(str(problem)) from None
        if number is not None:
            self._check(number)
        return number

    def _check(self, number: Decimal) -> None:
        if number < 0 or (self.positive and not number):
            raise forms.ValidationError(
                _("Escriba un número mayor que 0.")
                if self.positive
                else _("Escriba 0 o un número mayor.")
            )
        if number != round(number, self.decimals):
            raise forms.ValidationError(
                _("Escriba a lo sumo %(places)s decimales.") % {"places": self.decimals}
            )
        if number >= 10**16:
            raise forms.ValidationError(_("Escriba un número de a lo sumo 16 cifras enteras."))
