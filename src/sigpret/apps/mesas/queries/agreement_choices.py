"""What an agreement may name: institutions, goals, themes, and the open ones it replaces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Expression, F, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from sigpret.apps.institutions.models import CrossCuttingTheme, Institution
from sigpret.apps.mesas.models import Agreement, Mesa
from sigpret.apps.results.models import Goal


@dataclass(frozen=True, slots=True)
class Choice:
    """`code` is short, `name` is whole and `label` is how a list names it; of an agreement, its
    number (`7.3`) and its text."""

    id: int
    code: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Choices:
    institutions: tuple[Choice, ...] = ()
    goals: tuple[Choice, ...] = ()
    themes: tuple[Choice, ...] = ()
    open: tuple[Choice, ...] = ()


NO_CHOICES = Choices()
LONGEST = 80
#: How a list names each kind, from its code and its whole name.
LABELS: Mapping[str, Callable[[str, str], str]] = {
    "institutions": lambda code, _name: code,
    "goals": lambda code, name: shortened(f"{code} {name}"),
    "themes": lambda _code, name: name,
    "open": lambda code, name: shortened(f"{code} {name}"),
}


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def choices_of(mesa: Mesa) -> Choices:
    """Everything an agreement of this mesa may name; one statement."""
    institutions = Institution.objects.filter(sectors=mesa.sector_id).annotate(
        short=Coalesce(NullIf("acronym", Value("")), "name", output_field=CharField())
    )
    goals = Goal.objects.filter(sector_id=mesa.sector_id)
    themes = CrossCuttingTheme.objects.all()
    done = (Agreement.State.FULFILLED, Agreement.State.WITHOUT_EFFECT)
    still_open = Agreement.objects.filter(mesa=mesa, is_final=True).exclude(state__in=done)
    number = Concat("meeting__number", Value("."), "number", output_field=CharField())
    rows = (
        listed(institutions, "institutions", F("short"), F("name"))
        .union(
            listed(goals, "goals", F("code"), F("text")),
            listed(themes, "themes", F("code"), F("name")),
            listed(still_open, "open", number, F("text")),
            all=True,
        )
        .order_by("group", "shown")
    )
    found: dict[str, list[Choice]] = {}
    for group, pk, shown, whole in rows:
        label = LABELS[group](shown, whole)
        found.setdefault(group, []).append(Choice(pk, shown, whole, label))
    return Choices(
        institutions=tuple(found.get("institutions", ())),
        goals=tuple(found.get("goals", ())),
        themes=tuple(found.get("themes", ())),
        open=tuple(found.get("open", ())),
    )


def listed(rows, group: str, shown: F | Expression, whole: F):  # type: ignore[no-untyped-def]
    """Rows of one kind in the columns of all of them."""
    plain = rows.order_by().annotate(group=Value(group), shown=shown, whole=whole)
    return plain.values_list("group", "pk", "shown", "whole")
