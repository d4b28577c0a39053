"""Reading what a person chose about notices, and what the administration wrote."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices.kinds import Channel, Mode
from sigpret.apps.notices.queries.preferences import PreferenceRow

MAIL_CHOICES = [
    (Mode.AT_ONCE.value, _("En el momento")),
    (Mode.DIGEST.value, _("En el resumen del lunes")),
    (Mode.OFF.value, _("No")),
]
DIGEST_CHOICES = [(Mode.AT_ONCE.value, _("Cada lunes")), (Mode.OFF.value, _("No"))]


class PreferencesForm(forms.Form):
    """Two controls per kind: a box for the product, a list for e-mail."""

    def __init__(self, rows: Iterable[PreferenceRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = tuple(rows)
        for row in self.rows:
            self.add(row)

    def add(self, row: PreferenceRow) -> None:
        if row.has_app:
            self.fields[f"app-{row.code}"] = forms.BooleanField(
                required=False, initial=row.app != Mode.OFF
            )
        self.fields[f"email-{row.code}"] = forms.ChoiceField(
            choices=MAIL_CHOICES if row.has_app else DIGEST_CHOICES, initial=row.email.value
        )

    def lines(self) -> list[dict[str, Any]]:
        """What the table draws: the row and its controls."""
        return [
            {
                "row": row,
                "app": self[f"app-{row.code}"] if row.has_app else None,
                "email": self[f"email-{row.code}"],
            }
            for row in self.rows
        ]

    def choices(self) -> dict[tuple[str, Channel], Mode]:
        """What was chosen; kinds without a box keep what they have in the product."""
        chosen: dict[tuple[str, Channel], Mode] = {}
        for row in self.rows:
            if row.has_app:
                is_on = self.cleaned_data[f"app-{row.code}"]
                chosen[row.code, Channel.APP] = Mode.AT_ONCE if is_on else Mode.OFF
            chosen[row.code, Channel.EMAIL] = Mode(self.cleaned_data[f"email-{row.code}"])
        return chosen


class TemplateForm(forms.Form):
    """The words of one kind, with the version that was on the screen."""

    subject = forms.CharField(label=_("Asunto"), max_length=200)
    text = forms.CharField(label=_("Texto"), max_length=2000, widget=forms.Textarea({"rows": 5}))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SeenForm(forms.Form):
    """What of the page of notices was read."""

    up_to = forms.IntegerField(min_value=0)
    subject_key = forms.CharField(max_length=120, required=False)
