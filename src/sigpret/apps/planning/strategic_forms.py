"""What people type of a strategic plan; what was typed is kept, also when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.actions.strategic_rows import StrategicResultFacts
from sigpret.apps.planning.queries import choices
from sigpret.web.form_fields import NumberField

NONE: list[tuple[Any, Any]] = [("", _("Sin indicar"))]
LONGEST, TWO_ROWS, THREE_ROWS = 3000, {"rows": 2}, {"rows": 3}
FIRST, LAST = 2000, 2100


class VersionedForm(forms.Form):
    """`version` is the one the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def expected(self) -> int:
        return self.cleaned_data.get("version") or 0


class YearsForm(forms.Form):
    """The years of a new plan."""

    first_year = forms.IntegerField(label=_("Primer año"), min_value=FIRST, max_value=LAST)
    last_year = forms.IntegerField(label=_("Último año"), min_value=FIRST, max_value=LAST)


class StatementForm(VersionedForm):
    mission = forms.CharField(
        label=_("Misión"), max_length=LONGEST, widget=forms.Textarea(attrs=THREE_ROWS)
    )
    vision = forms.CharField(
        label=_("Visión"), max_length=LONGEST, widget=forms.Textarea(attrs=THREE_ROWS)
    )


class ObjectiveForm(VersionedForm):
    text = forms.CharField(
        label=_("Objetivo estratégico"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=THREE_ROWS),
        help_text=_("Qué quiere lograr la institución en estos años."),
    )


class ResultForm(VersionedForm):
    """A result, its indicator, and a target for each year of the plan."""

    text = forms.CharField(
        label=_("Resultado"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=TWO_ROWS),
        help_text=_("El cambio en la población, no lo que se entrega."),
    )
    assumption = forms.CharField(
        label=_("Supuesto"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )
    target_population_id = forms.TypedChoiceField(
        label=_("Población objetivo"), coerce=int, empty_value=None, required=False
    )
    indicator = forms.CharField(label=_("Indicador"), max_length=300, required=False)
    unit_of_measure_id = forms.TypedChoiceField(
        label=_("Unidad de medida"), coerce=int, empty_value=None, required=False
    )
    baseline = NumberField(label=_("Línea base"), required=False)
    baseline_year = forms.IntegerField(
        label=_("Año de la línea base"), required=False, min_value=1990, max_value=LAST
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["target_population_id"].choices = [*NONE, *choices.populations()]
        fields["unit_of_measure_id"].choices = [*NONE, *choices.units()]
        self.years = tuple(years)
        for year in self.years:
            label = _("Meta %(year)s") % {"year": year}
            fields[target_name(year)] = NumberField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        is_stated = data.get("baseline") is not None
        if is_stated != (data.get("baseline_year") is not None) and not self.errors:
            missing = "baseline_year" if is_stated else "baseline"
            self.add_error(missing, ValidationError(_("Escriba la línea base con su año.")))
        return data

    def facts(self) -> StrategicResultFacts:
        """What was typed; a year left blank has no target, which is not zero."""
        data = dict(self.cleaned_data)
        data.pop("version", None)
        typed: dict[int, Decimal | None] = {
            year: data.pop(target_name(year)) for year in self.years
        }
        targets = {year: value for year, value in typed.items() if value is not None}
        return StrategicResultFacts(**data, targets=targets)

    @property
    def target_fields(self) -> list[forms.BoundField]:
        return [self[target_name(year)] for year in self.years]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivo"), max_length=1000, widget=forms.Textarea(attrs=TWO_ROWS)
    )


class LinksForm(forms.Form):
    """For each objective of a year, the objective of the PEI it answers to."""

    def __init__(
        self,
        *args: Any,
        objectives: Iterable[tuple[int, str]],
        offered: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        pairs = [("", _("A ninguno")), *offered]
        for pk, label in objectives:
            fields[f"objective_{pk}"] = forms.TypedChoiceField(
                label=label, coerce=int, empty_value=None, required=False, choices=pairs
            )

    def chosen(self) -> dict[int, int | None]:
        """The objective of the PEI (id, or None) by objective of the year."""
        return {
            int(name.removeprefix("objective_")): value for name, value in self.cleaned_data.items()
        }


def target_name(year: int) -> str:
    """The field of a year's target."""
    return f"target_{year}"


def initial_of(facts: StrategicResultFacts) -> dict[str, Any]:
    """A form's beginning from what is stored."""
    return facts.columns | {target_name(year): value for year, value in facts.targets.items()}
