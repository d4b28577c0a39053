"""The confirmation of a closing: what the person read, in their own typing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.methodology.periods import Period
from sigpret.web.dates import period_words


def phrase_of(period: Period) -> str:
    """`CERRAR III TRIMESTRE DE 2026`: typed in full, so that nobody closes by a slip."""
    return (_("cerrar") + " " + period_words(period)).upper().replace("\u00a0", " ")


class ClosingForm(forms.Form):
    """The phrase, and that the list of what closes without data was read."""

    phrase = forms.CharField(
        max_length=80,
        error_messages={"required": gettext_lazy("Escriba la frase para confirmar.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    has_read = forms.BooleanField(
        label=gettext_lazy("Leí qué instituciones y datos se cierran sin reporte."),
        error_messages={"required": gettext_lazy("Marque que leyó lo que se cierra sin reporte.")},
    )

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = phrase_of(period)
        self.fields["phrase"].label = _("Escriba %(phrase)s") % {"phrase": self.expected}

    def clean_phrase(self) -> str:
        typed: str = " ".join(self.cleaned_data["phrase"].split())
        if typed.upper() != self.expected:
            raise ValidationError(
                _("La frase no coincide. Escriba: %(phrase)s.") % {"phrase": self.expected}
            )
        return typed
