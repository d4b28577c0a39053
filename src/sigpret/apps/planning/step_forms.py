"""What is typed to take a step of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONG = 1_000


class VersionForm(forms.Form):
    """The write of the plan the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SubmitForm(VersionForm):
    reason = forms.CharField(
        label=_("Qué cambia en esta versión y por qué"),
        help_text=_(
            "Lo leerán quienes comparen versiones: «se agrega una capacitación por trimestre, "
            "como pidió DIGER»."
        ),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    ceiling_reason = forms.CharField(
        label=_("Por qué el plan pasa de su techo"),
        help_text=_(
            "Lo leerán su máxima autoridad y DIGER junto al plan: «el techo no incluye la donación "
            "que se firmó en agosto»."
        ),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(VersionForm):
    """Approve, accept or return; returning says why."""

    reason = forms.CharField(
        label=_("Motivo, si lo devuelve"),
        help_text=_("Si ya escribió observaciones en las filas, puede dejarlo en blanco."),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ObservationForm(forms.Form):
    """What to mend in a row; without a row, in the whole plan."""

    product = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Qué debe corregirse"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Qué corrigió, o por qué queda igual"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
