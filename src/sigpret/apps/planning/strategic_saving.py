"""A form of the strategic plan that could not be saved: what to say, and both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.actions.strategic import StrategicConflictError, StrategicError
from sigpret.apps.planning.queries.strategic import StrategicSheet
from sigpret.web.formats import format_number


@dataclass(frozen=True, slots=True)
class Writing:
    """Something of a plan being written: its form and what it is called."""

    institution: Institution
    sheet: StrategicSheet
    form: forms.Form
    title: str


def refuse(form: forms.Form, problem: StrategicError, version: int) -> None:
    """Say why it was not saved. After a conflict each field shows the other person's text, and
    saving again keeps what is typed."""
    form.add_error(None, str(problem))
    if not isinstance(problem, StrategicConflictError):
        return
    typed: Any = form.data
    typed = typed.copy()
    typed["version"] = str(version)
    form.data = typed
    for name, theirs in stored_by_field(problem.theirs).items():
        if name in form.fields and theirs != form.cleaned_data.get(name):
            field = form.fields[name]
            field.help_text = _("Ahora dice: %(text)s") % {"text": words(field, theirs)}


def stored_by_field(theirs: dict[str, Any]) -> dict[str, Any]:
    """The stored values by the name of their field: the targets of years are one each."""
    values = dict(theirs)
    targets = values.pop("targets", {})
    return values | {f"target_{year}": planned for year, planned in targets.items()}


def words(field: Any, value: Any) -> str:
    """A stored value as a person reads it."""
    chosen = dict(getattr(field, "choices", ()))
    if chosen:
        return str(chosen.get(value, chosen.get("", "—")))
    if value in (None, ""):
        return "—"
    return value if isinstance(value, str) else format_number(value, None)
