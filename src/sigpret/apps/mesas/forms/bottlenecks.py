"""What is typed about a bottleneck: what it is, what is done, how it was solved, who must act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.bottlenecks import Severity, TypedBottleneck
from sigpret.apps.mesas.agreement_forms import Pairs, StepForm, day_field, text_field

LINE = 300


def line_field(label: Any, missing: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LINE, error_messages={"required": missing}, **more
    )


def place_field(label: Any, missing: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        error_messages={"required": missing, "invalid_choice": missing},
        **more,
    )


def goals_field(label: Any, missing: Any, **more: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"required": missing, "invalid_choice": missing},
        **more,
    )


class BottleneckForm(forms.Form):
    """A new bottleneck, or one that is written again."""

    title = line_field(_("Cuello de botella"), _("Escriba el cuello de botella."))
    cause = text_field(_("Causa"), _("Escriba la causa."))
    severity = forms.ChoiceField(
        label=_("Gravedad"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija la gravedad.")},
    )
    owner = place_field(_("Institución encargada"), _("Elija la institución encargada."))
    goals = goals_field(_("Metas que afecta"), _("Elija al menos una meta que afecta."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, places: Pairs = (), goals: Pairs = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["owner"].choices = [("", _("Elija una institución")), *places]
        fields["goals"].choices = list(goals)

    def typed(self) -> TypedBottleneck:
        data = self.cleaned_data
        return TypedBottleneck(
            title=data["title"],
            cause=data["cause"],
            severity=data["severity"],
            owner_id=data["owner"],
            goal_ids=data["goals"],
        )


class InHandForm(StepForm):
    text = text_field(_("Qué se está haciendo"), _("Escriba qué se está haciendo."))


class SolveForm(StepForm):
    text = text_field(_("Cómo se resolvió"), _("Escriba cómo se resolvió."))
    solved_on = day_field(_("Día en que se resolvió"), _("Escriba el día en que se resolvió."))


class ReopenForm(StepForm):
    text = text_field(_("Por qué se reabre"), _("Escriba por qué se reabre."), rows=2)
