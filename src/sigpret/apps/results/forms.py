"""What people type on the screens of the matrix; what was typed is kept, also when it is wrong."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.actions import GoalFacts, SheetFacts, VariableFacts
from sigpret.apps.results.queries import choices
from sigpret.methodology.periods import Period, PeriodError
from sigpret.web.form_fields import NumberField

NONE = [("", _("Sin indicar"))]
VARIABLES = 6
TEXTAREA = {"rows": 3}


class NewGoalForm(forms.Form):
    """The identity of a goal, which never changes afterwards."""

    code = forms.CharField(
        label=_("Código"), max_length=30, help_text=_("Por ejemplo MI-060-08. No se repite.")
    )
    level = forms.ChoiceField(label=_("Nivel"))
    sector = forms.TypedChoiceField(label=_("Sector"), coerce=int)
    institution = forms.TypedChoiceField(
        label=_("Institución"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Sólo en una meta institucional."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = choices.level_choices(access)
        self.fields["sector"].choices = choices.sector_choices()
        self.fields["institution"].choices = [*NONE, *choices.institution_choices(access)]


class GoalForm(forms.Form):
    """What a goal says and what it answers to."""

    text = forms.CharField(label=_("Meta"), max_length=500, widget=forms.Textarea(attrs=TEXTAREA))
    chain_position = forms.ChoiceField(
        label=_("Posición en la cadena"), choices=choices.CHAIN_POSITIONS
    )
    is_prioritised = forms.BooleanField(label=_("Meta priorizada"), required=False)
    assumption = forms.CharField(
        label=_("Supuesto"), required=False, max_length=1000, widget=forms.Textarea(attrs=TEXTAREA)
    )
    target_population_id = forms.TypedChoiceField(
        label=_("Población objetivo"), coerce=int, empty_value=None, required=False
    )
    framework_objectives = forms.TypedMultipleChoiceField(
        label=_("Marcos de desarrollo"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Metas ODS, pilares de la ENTAH y objetivos de Visión de País."),
    )
    themes = forms.TypedMultipleChoiceField(
        label=_("Temas transversales"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    objectives = forms.TypedMultipleChoiceField(
        label=_("Objetivos del plan"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Los del plan operativo más reciente de la institución."),
    )

    def __init__(
        self,
        *args: Any,
        institution_id: int | None = None,
        objectives: frozenset[int] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept_objectives = objectives
        self.fields["target_population_id"].choices = [*NONE, *choices.population_choices()]
        self.fields["framework_objectives"].choices = choices.framework_choices()
        self.fields["themes"].choices = choices.theme_choices()
        if institution_id is None:
            del self.fields["objectives"]
        else:
            offered = choices.objective_choices(institution_id, objectives)
            self.fields["objectives"].choices = offered

    def facts(self) -> GoalFacts:
        """What was typed; without a plan to choose from, its objectives stay as they were."""
        data = self.cleaned_data
        return GoalFacts(
            text=data["text"].strip(),
            chain_position=data["chain_position"],
            is_prioritised=data["is_prioritised"],
            assumption=data["assumption"].strip(),
            target_population_id=data["target_population_id"],
            framework_objectives=frozenset(data["framework_objectives"]),
            themes=frozenset(data["themes"]),
            objectives=frozenset(data.get("objectives", self.kept_objectives)),
        )


class SheetForm(forms.Form):
    """The technical sheet of an indicator; its variables are the rows of `variable_lines`."""

    name = forms.CharField(label=_("Indicador"), max_length=400)
    definition = forms.CharField(
        label=_("Definición"), required=False, widget=forms.Textarea(attrs=TEXTAREA)
    )
    value_source = forms.ChoiceField(
        label=_("De dónde sale el valor"), choices=choices.VALUE_SOURCES
    )
    formula = forms.CharField(
        label=_("Fórmula"),
        required=False,
        max_length=500,
        help_text=_("Con + − × / y paréntesis. Por ejemplo: atendidos / programados * 100"),
    )
    unit = forms.CharField(label=_("Unidad"), max_length=60)
    sense = forms.ChoiceField(label=_("Sentido"), choices=choices.SENSES)
    accumulation = forms.ChoiceField(
        label=_("Acumulación en el año"), choices=choices.ACCUMULATIONS
    )
    across_years = forms.ChoiceField(
        label=_("Acumulación entre años"), choices=choices.ACROSS_YEARS
    )
    periodicity_id = forms.TypedChoiceField(
        label=_("Periodicidad"), coerce=int, empty_value=None, required=False
    )
    publication_lag_days = forms.IntegerField(
        label=_("Días de rezago de la publicación"), min_value=0, max_value=730, initial=0
    )
    source = forms.CharField(label=_("Fuente"), required=False, max_length=300)
    means_of_verification = forms.CharField(
        label=_("Medio de verificación"), required=False, max_length=300
    )
    responsible_id = forms.TypedChoiceField(label=_("Institución responsable"), coerce=int)
    responsible_unit = forms.CharField(
        label=_("Unidad responsable"), required=False, max_length=200
    )
    baseline = NumberField(label=_("Línea base"), required=False)
    baseline_year = forms.IntegerField(
        label=_("Año base"), required=False, min_value=1990, max_value=2100
    )
    tolerance = NumberField(
        label=_("Tolerancia"), required=False, help_text=_("Sólo cuando la meta es mantener.")
    )
    on_track_from = NumberField(
        label=_("En ruta desde, %"),
        required=False,
        help_text=_("Vacío: los umbrales de la metodología."),
    )
    at_risk_from = NumberField(label=_("En riesgo desde, %"), required=False)
    disaggregations = forms.TypedMultipleChoiceField(
        label=_("Se desagrega por"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, institution_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institutions = choices.institution_choices()
        if institution_id is not None:
            institutions = [pair for pair in institutions if pair[0] == institution_id]
        self.fields["responsible_id"].choices = institutions
        self.fields["periodicity_id"].choices = [*NONE, *choices.periodicity_choices()]
        self.fields["disaggregations"].choices = choices.disaggregation_choices()

    def facts(self, variables: tuple[VariableFacts, ...]) -> SheetFacts:
        data = self.cleaned_data
        typed = {name: data[name] for name in data if name != "disaggregations"}
        return SheetFacts(
            **typed, variables=variables, disaggregations=frozenset(data["disaggregations"])
        )


class VariableForm(forms.Form):
    """One variable; a line without a name is not there."""

    name = forms.RegexField(
        label=_("Nombre en la fórmula"),
        regex=r"^[a-z][a-z0-9_]{0,39}$",
        required=False,
        error_messages={"invalid": _("Use minúsculas, números y guion bajo: personas_atendidas.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    label = forms.CharField(label=_("Qué cuenta"), required=False, max_length=200)
    unit = forms.CharField(label=_("Unidad"), required=False, max_length=60)
    accumulation = forms.ChoiceField(
        label=_("En el año"), choices=choices.VARIABLE_ACCUMULATIONS, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("label") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Escriba el nombre con que va en la fórmula."))
        if data.get("name") and not data.get("label"):
            self.add_error("label", _("Diga qué cuenta."))
        return data

    @property
    def facts(self) -> VariableFacts | None:
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return VariableFacts(
            data["name"], data["label"], data["unit"], data["accumulation"] or "sum"
        )


VariableLines = forms.formset_factory(
    VariableForm, extra=VARIABLES, max_num=VARIABLES, absolute_max=VARIABLES
)


class LinkForm(forms.Form):
    """How much a goal counts for the one it serves, how, and why.

    The first two are asked of whoever `decides` them: who writes the goal that is served.
    """

    weight = NumberField(label=_("Peso, %"))
    rule = forms.ChoiceField(label=_("Regla de cálculo"), choices=choices.ROLLUP_RULES)
    rationale = forms.CharField(
        label=_("Razón del vínculo"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, decides: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decides:
            del self.fields["weight"], self.fields["rule"]

    def terms(self) -> dict[str, Any]:
        """What was asked: `weight` and `rule` for who decides them, and the reason."""
        names = ("weight", "rule", "rationale")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def clean_weight(self) -> Decimal:
        weight = self.cleaned_data["weight"]
        if weight is None:
            raise ValidationError(_("Escriba el peso."))
        return weight


class NewLinkForm(LinkForm):
    """A link that starts at one of its two ends."""

    other = forms.TypedChoiceField(coerce=int)

    field_order = ("other", "weight", "rule", "rationale")

    def __init__(self, *args: Any, label: str, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].label = label
        self.fields["other"].choices = [("", _("Elija una meta")), *others]


class ProductsForm(forms.Form):
    """The products of the plan a goal relies on."""

    products = forms.TypedMultipleChoiceField(
        label=_("Productos del POA"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, institution_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"].choices = choices.product_choices(institution_id)


class RetireForm(forms.Form):
    """Why a goal leaves the matrix."""

    reason = forms.CharField(
        label=_("Por qué se retira"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class PublishForm(forms.Form):
    """What changed, for who reads the version later."""

    note = forms.CharField(label=_("Qué cambió en esta versión"), max_length=500)


class TargetsForm(forms.Form):
    """One number per period; the fields are those of the periods it is made for."""

    def __init__(self, *args: Any, periods: tuple[str, ...], closed: frozenset[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for code in periods:
            field = NumberField(label=Period.parse(code).label, required=False)
            field.widget.attrs["class"] = "cell"
            if code in closed:
                field.disabled = True
            self.fields[code] = field

    def targets(self) -> dict[str, Decimal | None]:
        """The numbers of the periods that may still change."""
        return {
            code: self.cleaned_data[code]
            for code, field in self.fields.items()
            if not field.disabled
        }


class HandDownForm(forms.Form):
    """Which goals go to which sectors and institutions, and for which quarters."""

    goals = forms.TypedMultipleChoiceField(
        label=_("Metas presidenciales"), coerce=int, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    sectors = forms.TypedMultipleChoiceField(
        label=_("Sectores"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    institutions = forms.TypedMultipleChoiceField(
        label=_("Instituciones"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Vacío: todas las de esos sectores."),
    )
    year = forms.IntegerField(label=_("Año de la programación"), min_value=2020, max_value=2100)

    def __init__(self, *args: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].choices = goals
        self.fields["sectors"].choices = choices.sector_choices()
        self.fields["institutions"].choices = choices.institution_choices()

    @property
    def institution_ids(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["institutions"]
        return chosen or [pk for pk, _label in self.fields["institutions"].choices]

    @property
    def periods(self) -> list[Period]:
        year = self.cleaned_data["year"]
        return [Period.of_year(year), *(Period.quarter(year, number) for number in (1, 2, 3, 4))]


def asked_year(text: str, default: int) -> int:
    """The year of a query string; the default when it is not one."""
    try:
        return Period.parse(text).year if text else default
    except PeriodError:
        return default
