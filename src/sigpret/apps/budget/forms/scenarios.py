"""A scenario as it is begun and as it is tried."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.forms.fields import QuantityField
from sigpret.apps.budget.queries.scenarios import ScenarioRow, ScenarioSheet

KINDS = (
    ("restricted", _("restringido: con un techo menor")),
    ("expanded", _("ampliado: con un techo mayor")),
    ("base", _("base: como está el plan")),
)


class NewForm(forms.Form):
    """What a scenario is called and with how much it is tried."""

    kind = forms.ChoiceField(label=_("Clase"), choices=KINDS)
    name = forms.CharField(
        label=_("Nombre"), max_length=200, error_messages={"required": _("Escriba el nombre.")}
    )
    ceiling = QuantityField(
        label=_("Techo, en lempiras"),
        decimals=2,
        required=False,
        help_text=_("Con un techo, la producción se ajusta sola a lo que alcanza."),
    )


class TryForm(forms.Form):
    """The ceiling, the note and the output of each product."""

    ceiling = QuantityField(
        label=_("Techo, en lempiras"),
        decimals=2,
        required=False,
        help_text=_("En blanco: el techo de la institución."),
    )
    note = forms.CharField(
        label=_("Nota"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, sheet: ScenarioSheet, **kwargs: Any) -> None:
        kwargs["initial"] = {"ceiling": sheet.own_ceiling, "note": sheet.note}
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        fields: Any = self.fields
        for row in sheet.rows:
            field = QuantityField(
                label=_("Producción de %(label)s") % {"label": row.label},
                initial=row.line.output,
                required=False,
            )
            field.widget.attrs |= {"class": "cell"}
            fields[f"o{row.product_id}"] = field

    def rows(self) -> Iterable[tuple[ScenarioRow, Any]]:
        return [(row, self[f"o{row.product_id}"]) for row in self.sheet.rows]

    def outputs(self) -> dict[int, Any]:
        """What was chosen; blank, or the plan's own, is the plan's."""
        data = self.cleaned_data
        typed = {row: data[f"o{row.product_id}"] for row in self.sheet.rows}
        return {
            row.product_id: None if value == row.line.planned else value
            for row, value in typed.items()
        }
