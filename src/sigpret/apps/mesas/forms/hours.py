"""The hours a session was held, as they are typed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoursForm(forms.Form):
    """Hours of the day at Tegucigalpa."""

    began = forms.TimeField(
        label=_("Empezó"), error_messages={"required": _("Escriba a qué hora empezó.")}
    )
    ended = forms.TimeField(
        label=_("Terminó"), error_messages={"required": _("Escriba a qué hora terminó.")}
    )
