"""What a person says of a token: what it is for, whether it writes, how long it lasts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

READS, WRITES = "lee", "envia"


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Para qué es"),
        max_length=100,
        help_text=_("Por ejemplo: sistema de planificación de la UPGRET."),
    )
    scope = forms.ChoiceField(
        label=_("Qué puede hacer"),
        choices=[
            (READS, _("Leer los planes que usted lee")),
            (WRITES, _("Leer, y enviar planes para que usted los revise")),
        ],
    )
    days = forms.TypedChoiceField(
        label=_("Cuánto dura"),
        coerce=int,
        choices=[(30, _("30 días")), (90, _("90 días")), (365, _("un año"))],
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What the action needs, of a form that is valid."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "may_write": said["scope"] == WRITES,
            "days": said["days"],
        }
