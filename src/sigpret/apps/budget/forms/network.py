"""A category of the network as it is typed, and how it is apportioned."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.forms.fields import QuantityField
from sigpret.apps.budget.queries.network import CategoryRow, PhysicalGoal

CODE_ERRORS = {"required": _("Escriba el código."), "invalid": _("Escriba sólo cifras y letras.")}
NAME_ERRORS = {"required": _("Escriba el nombre.")}


class AddForm(forms.Form):
    """A new category under another, or a new programme."""

    kind = forms.ChoiceField(label=_("Clase"))
    code = forms.SlugField(label=_("Código"), max_length=10, error_messages=CODE_ERRORS)
    name = forms.CharField(label=_("Nombre"), max_length=300, error_messages=NAME_ERRORS)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = list(kinds)


class ChangeForm(forms.Form):
    """The code, the name and the place of a category that is there."""

    code = forms.SlugField(label=_("Código"), max_length=10, error_messages=CODE_ERRORS)
    name = forms.CharField(label=_("Nombre"), max_length=300, error_messages=NAME_ERRORS)
    parent = forms.TypedChoiceField(
        label=_("Debajo de"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, places: Iterable[CategoryRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        choices = [(one.id, f"{one.full_code} {one.name}") for one in places]
        if choices:
            fields["parent"].choices = choices
        else:
            del fields["parent"]


class ShareForm(forms.Form):
    """What part of a category each of its products takes, and one more product."""

    more = forms.TypedChoiceField(
        label=_("Agregar un producto"), coerce=int, empty_value=None, required=False
    )
    more_share = QuantityField(label=_("Su parte, %"), required=False)

    def __init__(
        self, *args: Any, held: Iterable[PhysicalGoal], others: Iterable[PhysicalGoal], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        self.held = tuple(held)
        for goal in self.held:
            fields[f"p{goal.product_id}"] = QuantityField(
                label=_("Parte de %(label)s, %%") % {"label": goal.label},
                required=False,
                initial=goal.share,
            )
        blank = [("", _("Elija un producto"))]
        fields["more"].choices = blank + [
            (one.product_id, f"{one.label} {one.name}") for one in others
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("more") is not None and data.get("more_share") is None:
            self.add_error("more_share", _("Escriba qué parte toma, de 0 a 100."))
        return data

    def rows(self) -> Iterable[tuple[PhysicalGoal, Any]]:
        """Each product it has with its field, for the page."""
        return [(goal, self[f"p{goal.product_id}"]) for goal in self.held]

    def shares(self) -> dict[int, Decimal | None]:
        """What was typed: a blank part or a 0 takes the product out."""
        data = self.cleaned_data
        typed = {goal.product_id: data[f"p{goal.product_id}"] or None for goal in self.held}
        if data.get("more") is not None:
            typed[data["more"]] = data["more_share"]
        return typed
