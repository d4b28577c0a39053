"""A ceiling as it is typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.forms.fields import QuantityField


class CeilingForm(forms.Form):
    """An amount of a source, or of all; blank takes the ceiling away."""

    source = forms.TypedChoiceField(label=_("Fuente"), coerce=int, empty_value=None, required=False)
    amount = QuantityField(
        label=_("Techo, en lempiras"),
        decimals=2,
        required=False,
        help_text=_("En blanco, quita el techo."),
    )
    document = forms.CharField(label=_("Documento que lo fija"), max_length=300, required=False)

    def __init__(self, *args: Any, sources: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["source"].choices = [("", _("Todas las fuentes")), *sources]
