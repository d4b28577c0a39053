"""An agreement as it is typed in the session: quick to write, read without guessing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.mesas.actions.agreeing import Agreed
from sigpret.apps.mesas.queries.agreement_choices import Choices
from sigpret.apps.mesas.queries.meeting_parts import PersonRow

#: Between a person and their institution in the list: `Julia Haylock · SESAL`.
SEPARATOR = " · "


class DayInput(forms.DateInput):
    """The browser's own calendar, and typing the day works too."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value


class AgreementForm(forms.Form):
    """`institution` empty: the one of the person named."""

    text = forms.CharField(label=gettext_lazy("Acuerdo"), max_length=2000)
    expected_result = forms.CharField(
        label=gettext_lazy("Resultado esperado"), max_length=1000, required=False
    )
    responsible = forms.CharField(label=gettext_lazy("Responsable"), max_length=200)
    institution = forms.TypedChoiceField(
        label=gettext_lazy("Institución"), coerce=int, empty_value=None, required=False
    )
    due_on = forms.DateField(label=gettext_lazy("A más tardar"), widget=DayInput)
    goal = forms.TypedChoiceField(
        label=gettext_lazy("Meta"), coerce=int, empty_value=None, required=False
    )
    theme = forms.TypedChoiceField(
        label=gettext_lazy("Tema transversal"), coerce=int, empty_value=None, required=False
    )
    supersedes = forms.TypedChoiceField(
        label=gettext_lazy("Sustituye a"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, choices: Choices, people: Sequence[PersonRow] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.choices = people, choices
        fields: Any = self.fields
        fields["institution"].choices = [
            ("", _("La de la persona")),
            *((row.id, row.label) for row in choices.institutions),
        ]
        fields["goal"].choices = [
            ("", _("Ninguna")),
            *((row.id, row.label) for row in choices.goals),
        ]
        fields["theme"].choices = [
            ("", _("Ninguno")),
            *((row.id, row.label) for row in choices.themes),
        ]
        fields["supersedes"].choices = [
            ("", _("Ninguno")),
            *((row.id, row.label) for row in choices.open),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        typed = data.get("responsible", "")
        name, place = split(typed)
        person = next((row for row in self.people if row.name.casefold() == name.casefold()), None)
        data["responsible"] = person.name if person else name
        data["responsible_id"] = person.person_id if person else None
        if typed and data.get("institution") is None:
            known = person.institution_id if person else None
            data["institution"] = known or self.institution_named(place)
        if typed and data.get("institution") is None:
            self.add_error("institution", _("Elija la institución de quien responde."))
        return data

    def institution_named(self, place: str) -> int | None:
        for row in self.choices.institutions:
            if place and place.casefold() in (row.code.casefold(), row.name.casefold()):
                return row.id
        return None

    def agreed(self) -> Agreed:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        return Agreed(
            text=data["text"],
            institution_id=data["institution"],
            responsible=data["responsible"],
            responsible_id=data["responsible_id"],
            due_on=data["due_on"],
            expected_result=data["expected_result"],
            goal_id=data["goal"],
            theme_id=data["theme"],
            supersedes_id=data["supersedes"],
        )


def split(typed: str) -> tuple[str, str]:
    """The person and the place of `Julia Haylock · SESAL`."""
    name, _separator, place = typed.partition(SEPARATOR)
    return name.strip(), place.strip()
