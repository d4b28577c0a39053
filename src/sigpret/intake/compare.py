"""What would change if a plan just read replaced the one kept; numbers identify, texts may move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sigpret.intake.rows import Coded, PlanDocument

Key = tuple[int, ...]
Value = str | Decimal | Coded | None


class Kind(StrEnum):
    """How one thing differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Subject(StrEnum):
    """What differs; the value is how the plan calls it."""

    PLAN = "Plan"
    OBJECTIVE = "Objetivo"
    RESULT = "Resultado"
    OPERATIONAL_OBJECTIVE = "Objetivo operativo"
    PRODUCT = "Producto"


FIELD_NAMES = {
    "mission": "misión",
    "vision": "visión",
    "text": "texto",
    "program_ref": "programa",
    "assumption": "supuesto",
    "target_population": "población objetivo",
    "name": "nombre",
    "unit_of_measure": "unidad de medida",
    "periodicity": "periodicidad",
    "annual_output": "producción anual",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `key` holds the numbers down to the subject: objective, then its part.

    For a product: objective, operational objective, product. `field` is None when the whole
    subject was added or removed; then `before` or `after` is its text.
    """

    kind: Kind
    subject: Subject
    key: Key
    field: str | None
    before: Value
    after: Value

    def sentence(self) -> str:
        """For the person who confirms the import."""
        name = " ".join([self.subject.value, ".".join(map(str, self.key))]).strip()
        if self.kind is Kind.ADDED:
            return f"{name}: se agrega «{self.after}»."
        if self.kind is Kind.REMOVED:
            return f"{name}: ya no está «{self.before}»."
        field = FIELD_NAMES[self.field or ""]
        return f"{name}: {field} pasa de {_shown(self.before)} a {_shown(self.after)}."


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """Every difference, in the order of the plan read; lines and print dates are no difference."""

    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Importing again would change nothing."""
        return not self.changes

    def of_kind(self, kind: Kind) -> tuple[Change, ...]:
        """Only what was added, removed or changed."""
        return tuple(change for change in self.changes if change.kind is kind)


class DifferentPlanError(ValueError):
    """The two documents are of different institutions or years, so no change is meant."""


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    fields: dict[str, Value]


def compare(before: PlanDocument | None, after: PlanDocument) -> PlanChanges:
    """What confirming `after` would change in `before`; None is an institution without a plan.

    Raises DifferentPlanError when institution code or fiscal year differ.
    """
    if before is not None and _identity(before) != _identity(after):
        raise DifferentPlanError("Los dos planes no son de la misma institución y ejercicio.")
    old = dict(_entries(before)) if before else {}
    new = dict(_entries(after))
    changes = [change for place in new for change in _changes(place, old.get(place), new[place])]
    for (subject, key), entry in old.items():
        if (subject, key) not in new:
            changes.append(Change(Kind.REMOVED, subject, key, None, entry.title, None))
    return PlanChanges(tuple(changes))


def _identity(document: PlanDocument) -> tuple[str, int]:
    return document.institution.code, document.fiscal_year


def _changes(place: tuple[Subject, Key], old: _Entry | None, new: _Entry) -> Iterator[Change]:
    subject, key = place
    if old is None:
        # The plan itself is always there; what it says may be new.
        old = _Entry("", dict.fromkeys(new.fields)) if subject is Subject.PLAN else None
    if old is None:
        yield Change(Kind.ADDED, subject, key, None, None, new.title)
        return
    for field, after in new.fields.items():
        if old.fields[field] != after:
            yield Change(Kind.CHANGED, subject, key, field, old.fields[field], after)


def _entries(document: PlanDocument) -> Iterator[tuple[tuple[Subject, Key], _Entry]]:
    plan: dict[str, Value] = {"mission": document.mission, "vision": document.vision}
    yield (Subject.PLAN, ()), _Entry("", plan)
    for objective in document.objectives:
        key = (objective.number,)
        fields: dict[str, Value] = {"text": objective.text, "program_ref": objective.program_ref}
        yield (Subject.OBJECTIVE, key), _Entry(objective.text, fields)
        for result in objective.results:
            fields = {
                "text": result.text,
                "assumption": result.assumption,
                "target_population": result.target_population,
            }
            yield (Subject.RESULT, (*key, result.number)), _Entry(result.text, fields)
        for operational in objective.operational_objectives:
            part = (*key, operational.number)
            entry = _Entry(operational.text, {"text": operational.text})
            yield (Subject.OPERATIONAL_OBJECTIVE, part), entry
    yield from _product_entries(document)


def _product_entries(document: PlanDocument) -> Iterator[tuple[tuple[Subject, Key], _Entry]]:
    for objective, operational, product in document.placed_products():
        fields: dict[str, Value] = {
            "name": product.name,
            "unit_of_measure": product.unit_of_measure,
            "periodicity": product.periodicity,
            "annual_output": product.annual_output,
        }
        key = (objective.number, operational.number, product.number)
        yield (Subject.PRODUCT, key), _Entry(product.name, fields)


def _shown(value: Value) -> str:
    return "«en blanco»" if value is None else f"«{value}»"
