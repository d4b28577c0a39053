"""What is typed in a written product: a section, a challenge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.written_products import TypedChallenge
from sigpret.apps.mesas.agreement_forms import Pairs, StepForm, text_field
from sigpret.apps.mesas.forms.bottlenecks import line_field, place_field

LONG = 20_000


class SectionForm(StepForm):
    """A section with the text the person read, so that nobody's words are lost."""

    key = forms.SlugField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    text = forms.CharField(
        label=_("Texto"),
        max_length=LONG,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, label: Any = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if label:
            self.fields["text"].label = label


class KeyForm(StepForm):
    key = forms.SlugField(widget=forms.HiddenInput)


class ChallengeForm(StepForm):
    challenge = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    title = line_field(_("Desafío"), _("Escriba el desafío."))
    description = text_field(_("En qué consiste"), "", rows=3, required=False)
    goal = place_field(_("Meta"), _("Elija una meta del sector."), required=False)
    evidence = text_field(_("Evidencia"), "", rows=3, required=False)

    def __init__(self, *args: Any, goals: Pairs = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["goal"].choices = [("", _("Ninguna en particular")), *goals]

    def typed(self) -> TypedChallenge:
        data = self.cleaned_data
        return TypedChallenge(
            title=data["title"],
            description=data["description"],
            evidence=data["evidence"],
            goal_id=data["goal"],
        )


class WhichChallengeForm(StepForm):
    challenge = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
