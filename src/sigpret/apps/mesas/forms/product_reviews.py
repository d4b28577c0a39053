"""What is typed when a plan is read beside the matrix, and when a mechanism is added."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.mechanisms import TypedMechanism
from sigpret.apps.mesas.actions.plan_reviews import Verdict
from sigpret.apps.mesas.agreement_forms import Pairs, StepForm, text_field
from sigpret.apps.mesas.forms.bottlenecks import line_field, place_field


class ReviewForm(StepForm):
    verdict = forms.ChoiceField(
        label=_("Conclusión"),
        choices=[one for one in Verdict.choices if one[0] != Verdict.PENDING],
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija la conclusión.")},
    )
    text = text_field(_("Qué pide la mesa a la institución"), "", rows=3, required=False)


class MechanismForm(forms.Form):
    text = line_field(_("Qué información"), _("Escriba qué información es."))
    source = line_field(_("Registro de donde sale"), _("Escriba de qué registro sale."))
    frequency = forms.CharField(
        label=_("Cada cuánto"),
        max_length=100,
        error_messages={"required": _("Escriba cada cuánto.")},
    )
    institution = place_field(_("Institución que informa"), _("Elija la institución que informa."))
    responsible = forms.CharField(label=_("Persona responsable"), max_length=200, required=False)
    goal = place_field(_("Meta"), _("Elija una meta del sector."), required=False)

    def __init__(self, *args: Any, places: Pairs = (), goals: Pairs = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["institution"].choices = [("", _("Elija una institución")), *places]
        fields["goal"].choices = [("", _("Ninguna en particular")), *goals]

    def typed(self) -> TypedMechanism:
        data = self.cleaned_data
        return TypedMechanism(
            text=data["text"],
            source=data["source"],
            frequency=data["frequency"],
            institution_id=data["institution"],
            responsible=data["responsible"],
            goal_id=data["goal"],
        )
