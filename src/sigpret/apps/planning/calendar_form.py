"""The days of the formulation calendar as they are typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sigpret.apps.planning.queries.formulation import FormulationDay


class CalendarForm(forms.Form):
    """One day per step, which act sets them, and what the person was looking at."""

    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, steps: Iterable[FormulationDay], **kwargs: Any) -> None:
        known = tuple(steps)
        stored = {step.code: step.due_on for step in known if step.due_on}
        kwargs.setdefault("initial", {})["seen"] = json.dumps(
            {code: day.isoformat() for code, day in stored.items()}
        )
        super().__init__(*args, **kwargs)
        self.codes = tuple(step.code for step in known)
        fields: Any = self.fields
        for step in known:
            fields[step.code] = forms.DateField(
                label=capfirst(step.label),
                required=False,
                initial=step.due_on,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        fields["source"] = forms.CharField(
            label=_("Acto o circular que fija estos días"),
            max_length=300,
            initial=next((step.source for step in known if step.source), ""),
        )

    def days(self) -> Mapping[str, date | None]:
        return {code: self.cleaned_data[code] for code in self.codes}

    def seen_days(self) -> Mapping[str, date]:
        """What the page showed; anything else is what nobody has seen."""
        said = self.cleaned_data.get("seen")
        said = json.loads(said) if isinstance(said, str) else said
        found = said if isinstance(said, dict) else {}
        try:
            return {code: date.fromisoformat(str(day)) for code, day in found.items()}
        except ValueError:
            return {}
