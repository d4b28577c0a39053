"""The ceremony of a closing: what the person read, in their own typing; and what undoes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.evaluation.queries.closing import ClosingScreen
from sigpret.methodology.periods import Period
from sigpret.web.dates import period_name
from sigpret.web.form_fields import LocalMomentField

NOTE_LENGTH = 1000


def phrase_of(period: Period) -> str:
    """`CERRAR III TRIMESTRE 2026`: typed in full, so that nobody closes by a slip."""
    words = f"{_('cerrar')} {period_name(period)} {period.year}"
    return words.upper().replace("\u00a0", " ")


class ClosingForm(forms.Form):
    """The phrase, what was read, and (for whoever closes) when citizens see it."""

    phrase = forms.CharField(
        max_length=80,
        error_messages={"required": gettext_lazy("Escriba la frase para confirmar.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    has_read = forms.BooleanField(
        error_messages={"required": gettext_lazy("Marque que leyó lo que se cierra sin reporte.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    publish_at = LocalMomentField(
        label=gettext_lazy("Se publica el"),
        required=False,
        help_text=gettext_lazy("Vacío: al cerrar. Hora de Tegucigalpa."),
        error_messages={"invalid": gettext_lazy("Escriba el día y la hora de publicación.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Nota del acta (opcional)"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, screen: ClosingScreen, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": screen.seen})
        super().__init__(*args, **kwargs)
        self.screen = screen
        self.expected = phrase_of(screen.round.period)
        self.fields["phrase"].label = _("Escriba %(phrase)s") % {"phrase": self.expected}
        self.fields["has_read"].label = _(
            "Leí lo que no cuenta. Instituciones sin reporte: %(silent)s. Datos devueltos sin "
            "corregir: %(returned)s."
        ) % {"silent": len(screen.silent), "returned": screen.returned_values}

    def clean_phrase(self) -> str:
        typed: str = " ".join(self.cleaned_data["phrase"].split())
        if typed.upper() != self.expected:
            raise ValidationError(
                _("La frase no coincide. Escriba: %(phrase)s.") % {"phrase": self.expected}
            )
        return typed

    def clean_seen(self) -> str:
        seen: str = self.cleaned_data["seen"]
        if seen and seen != self.screen.seen:
            raise ValidationError(
                _("Las cifras cambiaron mientras usted leía: revíselas y confirme de nuevo.")
            )
        return seen


class ReopeningForm(forms.Form):
    """Why a closing is taken back; citizens read it."""

    reason = forms.CharField(
        label=gettext_lazy("Nota pública: por qué se reabre"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Escriba por qué se reabre el trimestre.")},
    )
    closes_at = LocalMomentField(
        label=gettext_lazy("Nuevo plazo para las instituciones"),
        required=False,
        help_text=gettext_lazy("Vacío: sólo DIGER trabaja. Hora de Tegucigalpa."),
        error_messages={"invalid": gettext_lazy("Escriba el día y la hora del plazo.")},
    )


class PublicationForm(forms.Form):
    """When citizens see a closing that waits for its day."""

    publish_at = LocalMomentField(
        label=gettext_lazy("Se publica el"),
        required=False,
        help_text=gettext_lazy("Vacío: ahora mismo. Hora de Tegucigalpa."),
    )


class ExceptionForm(forms.Form):
    """More time for one institution, given by DIGER with its reason."""

    institution = forms.ChoiceField(label=gettext_lazy("Institución"))
    until = LocalMomentField(
        label=gettext_lazy("La excepción vence"),
        help_text=gettext_lazy("Hora de Tegucigalpa."),
        error_messages={"required": gettext_lazy("Diga hasta cuándo vale la excepción.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Escriba el motivo de la excepción.")},
    )

    def __init__(self, *args: Any, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = [("", _("Elija una")), *choices]
