"""What is typed about a working group."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.groups import GroupTerms
from sigpret.apps.mesas.forms.members import day_field, text_field


class GroupForm(forms.Form):
    """What the group analyses, what it will deliver, until when and who is in it."""

    name = text_field(_("Nombre del grupo"), _("Escriba el nombre del grupo."))
    scope = text_field(
        _("Qué analiza"),
        _("Escriba qué tema analiza."),
        most=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deliverable = text_field(_("Qué entrega"), _("Escriba qué entrega a la mesa."), most=300)
    due_on = day_field(_("Entrega a más tardar"), _("Escriba hasta qué día."))
    members = forms.TypedMultipleChoiceField(
        label=_("Integrantes"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elija al menos a una persona acreditada.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.choices = list(people)

    def terms(self) -> GroupTerms:
        data = self.cleaned_data
        return GroupTerms(
            name=data["name"],
            scope=data["scope"],
            deliverable=data["deliverable"],
            due_on=data["due_on"],
            member_ids=frozenset(data["members"]),
        )


class DeliveryForm(forms.Form):
    on = day_field(_("Entregó el"), _("Escriba qué día entregó."))
    delivery = text_field(
        _("Qué entregó"),
        _("Escriba qué entregó el grupo."),
        most=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
