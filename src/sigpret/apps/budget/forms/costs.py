"""An activity of a product and an input of an activity, as they are typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.forms.fields import QuantityField

QUARTERS = ((1, "I"), (2, "II"), (3, "III"), (4, "IV"))
Choices = Iterable[tuple[int, str]]


class ActivityForm(forms.Form):
    """What is done, by whom, when, and its apportioned cost while it has no inputs."""

    name = forms.CharField(
        label=_("Actividad"),
        max_length=300,
        error_messages={"required": _("Escriba la actividad.")},
    )
    responsible = forms.CharField(label=_("Responsable"), max_length=200, required=False)
    first_quarter = forms.TypedChoiceField(
        label=_("Empieza en el trimestre"), coerce=int, choices=QUARTERS, initial=1
    )
    last_quarter = forms.TypedChoiceField(
        label=_("Termina en el trimestre"), coerce=int, choices=QUARTERS, initial=4
    )
    stated_cost = QuantityField(
        label=_("Costo repartido, en lempiras"),
        decimals=2,
        required=False,
        help_text=_("Se usa mientras la actividad no tenga insumos."),
    )


class InputForm(forms.Form):
    """What is bought, how much of it and at what price."""

    name = forms.CharField(
        label=_("Insumo"), max_length=300, error_messages={"required": _("Escriba el insumo.")}
    )
    quantity = QuantityField(
        label=_("Cantidad"), error_messages={"required": _("Escriba la cantidad.")}
    )
    unit_price = QuantityField(
        label=_("Precio unitario, en lempiras"),
        decimals=2,
        error_messages={"required": _("Escriba el precio.")},
    )
    is_per_unit = forms.BooleanField(
        label=_("Por cada unidad del producto"),
        required=False,
        help_text=_("Marcada, la cantidad crece con la producción; si no, es de todo el año."),
    )
    expense_object_id = forms.TypedChoiceField(
        label=_("Objeto del gasto"), coerce=int, empty_value=None, required=False
    )
    funding_source_id = forms.TypedChoiceField(
        label=_("Fuente de financiamiento"), coerce=int, empty_value=None, required=False
    )
    unit_of_measure_id = forms.TypedChoiceField(
        label=_("Unidad de medida"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, objects: Choices, sources: Choices, units: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        blank = [("", _("Sin elegir"))]
        fields["expense_object_id"].choices = [*blank, *objects]
        fields["funding_source_id"].choices = [*blank, *sources]
        fields["unit_of_measure_id"].choices = [*blank, *units]
