"""What people type on the reporting and review screens, read with the text kept as typed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sigpret.web.formats import ParsedCell, TypedNumberError, parse_column, parse_number

LARGEST = Decimal(10) ** 15
DECIMALS = 4
TYPED_LENGTH = 40
CAUSE_LENGTH = 500
OBSERVATION_LENGTH = 1000


class TypedNumberField(forms.CharField):
    """A number typed by a person; its error is a sentence with, where possible, a suggestion."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if len(typed) > TYPED_LENGTH:
            raise ValidationError(_("Escriba sólo el número."))
        try:
            number = parse_number(typed)
        except TypedNumberError as problem:
            raise ValidationError(
                str(problem), code="unreadable", params={"suggestion": problem.suggestion}
            ) from problem
        if number is not None:
            self.check_size(number)
        return number

    def check_size(self, number: Decimal) -> None:
        """The database keeps 15 digits and 4 decimals; nothing is cut in silence."""
        if abs(number) >= LARGEST:
            raise ValidationError(_("El número es demasiado grande. Revise la unidad."))
        if number != round(number, DECIMALS):
            raise ValidationError(_("Escriba a lo sumo cuatro decimales."))


class ValueForm(forms.Form):
    """One row of the report: what was executed, why it differs, and the version it was read at."""

    value = TypedNumberField(label=_("Ejecutado"), required=False, show_hidden_initial=True)
    cause_category = forms.ChoiceField(
        label=_("Tipo de causa"), required=False, show_hidden_initial=True
    )
    cause = forms.CharField(
        label=_("Causa, en una oración"),
        required=False,
        show_hidden_initial=True,
        max_length=CAUSE_LENGTH,
        error_messages={"max_length": _("Resuma la causa en 500 caracteres.")},
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, categories: Any = (), amounts: Mapping[str, str] | None = None, **kw: Any
    ) -> None:
        """`amounts` are the variables and parts of the row: the field's name and its label."""
        super().__init__(*args, **kw)
        self.fields["cause_category"].choices = [("", _("Elija una")), *categories]
        for name, label in (amounts or {}).items():
            self.fields[name] = TypedNumberField(
                label=label, required=False, show_hidden_initial=True
            )

    @property
    def is_touched(self) -> bool:
        """Whether the person changed the row since it was shown to them."""
        return bool(set(self.changed_data) - {"version"})

    def given(self, name: str, stored: str) -> str:
        """What was typed in a field; what is stored when the page did not ask for it."""
        return self.cleaned_data[name] if self.add_prefix(name) in self.data else stored

    def amounts(self, kind: str) -> dict[int, Decimal | None] | None:
        """What was typed of the variables (`var`) or parts (`part`), by id; None: not asked."""
        prefix = f"{kind}-"
        given = {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and self.add_prefix(name) in self.data
        }
        return given or None

    @property
    def suggestion(self) -> str:
        """The number the person probably meant, when the typed text looks like one."""
        problems = self.errors.get("value")
        return suggestion_in(problems.as_data()[0]) if problems else ""


def suggestion_in(problem: ValidationError) -> str:
    """What an error suggests to write instead; empty when it has nothing to suggest."""
    (first, *_others) = problem.error_list
    return (first.params or {}).get("suggestion", "")


class CellForm:
    """One value as a device's queue sends it.

    Nothing of it is shown, so its fields are read where they stand: a form would copy them all
    for each of the values of the last afternoon.
    """

    fields: Mapping[str, Any] = {
        "product": forms.IntegerField(required=False, min_value=1),
        "indicator": forms.IntegerField(required=False, min_value=1),
        "value": TypedNumberField(required=False),
        "cause_category": forms.CharField(required=False, max_length=30),
        "cause": forms.CharField(
            required=False,
            max_length=CAUSE_LENGTH,
            error_messages={"max_length": _("Resuma la causa en 500 caracteres.")},
        ),
        "version": forms.IntegerField(min_value=0),
    }

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self.cleaned_data: dict[str, Any] = {}
        self.errors: dict[str, ValidationError] = {}
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(sent.get(name))
            except ValidationError as problem:
                self.errors[name] = problem

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def first_error(self) -> str:
        """The one sentence to show."""
        for name in ("value", "cause"):
            if name in self.errors:
                return str(self.errors[name].messages[0])
        return str(_("No se entendió el dato. Escríbalo otra vez."))

    @property
    def suggestion(self) -> str:
        """The number the person probably meant."""
        return suggestion_in(self.errors["value"]) if "value" in self.errors else ""

    @property
    def written(self) -> dict[str, Any]:
        """What `save_value` is given."""
        data = self.cleaned_data
        return {
            "product_id": data["product"],
            "indicator_id": data["indicator"],
            "value": data["value"],
            "cause_category": data["cause_category"],
            "cause": data["cause"],
            "expected_version": data["version"],
        }


class PasteForm(forms.Form):
    """A column copied from a spreadsheet; one line per row of the report, blanks kept."""

    column = forms.CharField(
        label=_("Columna copiada de Excel"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        strip=False,
        max_length=20_000,
        error_messages={
            "required": _("Pegue la columna con los valores ejecutados."),
            "max_length": _("Pegue sólo la columna de valores ejecutados."),
        },
    )

    def clean_column(self) -> tuple[ParsedCell, ...]:
        return parse_column(self.cleaned_data["column"])


class DeclarationForm(forms.Form):
    """The person answers for what is sent."""

    declaration = forms.BooleanField(
        label=_("Declaro que los datos corresponden a lo ejecutado."),
        error_messages={"required": _("Marque la declaración para enviar el reporte.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnswerForm(forms.Form):
    """What the institution says about a datum that came back; `value` blank maintains it."""

    text = forms.CharField(
        max_length=OBSERVATION_LENGTH,
        error_messages={
            "required": _("Escriba su respuesta a DIGER."),
            "max_length": _("Resuma la respuesta en 1,000 caracteres."),
        },
    )
    value = TypedNumberField(required=False)
    version = forms.IntegerField(min_value=0)


class GiveBackForm(forms.Form):
    """What the approver wants changed before the report leaves the institution."""

    note = forms.CharField(
        label=_("Qué debe cambiar la UPGRET"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=OBSERVATION_LENGTH,
        error_messages={
            "required": _("Escriba qué debe cambiar la UPGRET antes de enviarlo."),
            "max_length": _("Resuma en 1,000 caracteres."),
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReturnForm(forms.Form):
    """Why a value goes back to the institution; the sentence is what its people will read."""

    observation = forms.CharField(
        label=_("Lo que leerá la institución"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=OBSERVATION_LENGTH,
        error_messages={
            "required": _("Escriba qué debe aclarar o corregir la institución."),
            "max_length": _("Resuma la observación en 1,000 caracteres."),
        },
    )
