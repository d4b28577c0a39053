"""What is typed about a strategy: its problem, its options, and the decision about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.strategies import TypedOption, TypedStrategy
from sigpret.apps.mesas.agreement_forms import Pairs, StepForm, text_field
from sigpret.apps.mesas.forms.bottlenecks import goals_field, line_field, place_field


class StrategyForm(forms.Form):
    title = line_field(_("Estrategia"), _("Escriba cómo se llama la estrategia."))
    problem = text_field(_("Qué problema atiende"), _("Escriba qué problema atiende."))
    bottleneck = place_field(
        _("Cuello de botella que resuelve"), _("Elija uno de la mesa."), required=False
    )
    goals = goals_field(_("Metas que debe mover"), _("Elija metas del sector."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, bottlenecks: Pairs = (), goals: Pairs = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["bottleneck"].choices = [("", _("Ninguno en particular")), *bottlenecks]
        fields["goals"].choices = list(goals)

    def typed(self) -> TypedStrategy:
        data = self.cleaned_data
        return TypedStrategy(
            title=data["title"],
            problem=data["problem"],
            bottleneck_id=data["bottleneck"],
            goal_ids=data["goals"],
        )


class OptionForm(StepForm):
    """A course of action with what is compared: in favour, against, cost, time, who."""

    option = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    text = line_field(_("Curso de acción"), _("Escriba el curso de acción."))
    benefits = text_field(_("A favor"), "", rows=2, required=False)
    risks = text_field(_("En contra"), "", rows=2, required=False)
    cost = forms.CharField(label=_("Costo"), max_length=200, required=False)
    time = forms.CharField(label=_("Tiempo"), max_length=200, required=False)
    owner = place_field(_("Institución encargada"), _("Elija una de la mesa."), required=False)

    def __init__(self, *args: Any, places: Pairs = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["owner"].choices = [("", _("Por definir")), *places]

    def typed(self) -> TypedOption:
        data = self.cleaned_data
        return TypedOption(
            text=data["text"],
            benefits=data["benefits"],
            risks=data["risks"],
            cost=data["cost"],
            time=data["time"],
            owner_id=data["owner"],
        )


class ChooseForm(StepForm):
    """Which option is removed or recommended."""

    option = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReturnForm(StepForm):
    text = text_field(_("Por qué se devuelve"), _("Escriba las razones de la decisión."), rows=3)


class ApproveForm(StepForm):
    """The reasons and, for a strategy, the course of action that is approved."""

    chosen = forms.TypedChoiceField(
        label=_("Curso de acción que se aprueba"),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elija el curso de acción que se aprueba."),
            "invalid_choice": _("Elija el curso de acción que se aprueba."),
        },
    )
    text = text_field(_("Razones de la decisión"), _("Escriba las razones de la decisión."))

    def __init__(self, *args: Any, options: Pairs = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        if options:
            fields: Any = self.fields
            fields["chosen"].choices = list(options)
        else:
            del self.fields["chosen"]
