"""Who wrote what of a goal or a link, from the chain of events."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.results.models import Goal
from sigpret.apps.results.queries.columns import MatrixRow

GOAL, ALIGNMENT = "goal", "alignment"
Subject = tuple[str, str]
SHOWN = 30
WORDS: dict[str, str | Promise] = {
    "results.goal_created": _("creó la meta"),
    "results.goal_changed": _("cambió la meta"),
    "results.goal_renamed": _("cambió la redacción"),
    "results.goal_retired": _("retiró la meta"),
    "results.sheet_saved": _("guardó la ficha"),
    "results.targets_saved": _("cambió lo programado"),
    "results.goals_linked": _("vinculó las metas"),
    "results.link_changed": _("cambió el vínculo"),
    "results.goals_unlinked": _("quitó el vínculo"),
    "results.weights_spread": _("repartió los pesos"),
    "results.products_linked": _("cambió los productos vinculados"),
}
FIELDS: dict[str, str | Promise] = {
    "text": _("meta"), "chain_position": _("posición"), "is_prioritised": _("priorizada"),
    "assumption": _("supuesto"), "target_population_id": _("población"), "themes": _("temas"),
    "framework_objectives": _("marcos"), "objectives": _("objetivos del plan"),
    "name": _("indicador"), "unit": _("unidad"), "sense": _("sentido"),
    "accumulation": _("acumulación"), "across_years": _("acumulación entre años"),
    "responsible_id": _("responsable"), "definition": _("definición"), "formula": _("fórmula"),
    "value_source": _("origen del valor"), "periodicity_id": _("periodicidad"),
    "publication_lag_days": _("rezago"), "source": _("fuente"),
    "means_of_verification": _("medio de verificación"),
    "responsible_unit": _("unidad responsable"), "baseline": _("línea base"),
    "baseline_year": _("año base"), "tolerance": _("tolerancia"),
    "on_track_from": _("umbral en ruta"), "at_risk_from": _("umbral en riesgo"),
    "variables": _("variables"), "disaggregations": _("desagregaciones"), "weight": _("peso"),
    "rollup_rule": _("regla"), "rationale": _("razón"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something somebody did: `changes` are (what, before, after) as printed texts."""

    at: datetime
    actor: str
    words: str | Promise
    changes: tuple[tuple[str, str, str], ...]


def history_of(subject_type: str, subject_id: str) -> tuple[HistoryEntry, ...]:
    """The last events of a goal (by code) or a link, newest first; one statement."""
    events = AuditEvent.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return tuple(entry_of(event) for event in events.order_by("-id")[:SHOWN])


@dataclass(frozen=True, slots=True)
class LastWriters:
    """Who wrote last: `newest` by subject (type, id) of the chain; `origins` are the goals whose
    wording a goal borrows, by its code."""

    newest: Mapping[Subject, tuple[str, datetime]]
    origins: Mapping[str, tuple[str, ...]]

    def of(self, row: MatrixRow, names: Collection[str]) -> tuple[str, datetime] | None:
        """Who wrote last any of these columns of the row, and when; None when nobody did."""
        subjects: list[Subject] = [(ALIGNMENT, one) for one in links_of(row) if "weights" in names]
        if set(names) != {"weights"}:
            subjects.append((GOAL, row.code))
        if "text" in names:
            subjects += [(GOAL, code) for code in self.origins.get(row.code, ())]
        found = [self.newest[one] for one in subjects if one in self.newest]
        return max(found, key=lambda writer: writer[1], default=None)


def last_writers(rows: Collection[MatrixRow]) -> LastWriters:
    """Who wrote these goals and their links last; two statements however many."""
    borrowed = Goal.objects.filter(code__in=[row.code for row in rows], has_own_wording=False)
    origins = {
        code: tuple(one for one in above if one)
        for code, *above in borrowed.values_list(
            "code", "handed_down_from__code", "handed_down_from__handed_down_from__code"
        )
    }
    subjects = {row.code for row in rows}.union(*origins.values(), *map(links_of, rows))
    events = (
        AuditEvent.objects.filter(subject_type__in=[GOAL, ALIGNMENT], subject_id__in=subjects)
        .order_by("subject_type", "subject_id", "-id")
        .distinct("subject_type", "subject_id")
    )
    newest = {
        (kind, subject): (actor, at)
        for kind, subject, actor, at in events.values_list(
            "subject_type", "subject_id", "actor_name", "at"
        )
    }
    return LastWriters(newest, origins)


def links_of(row: MatrixRow) -> tuple[str, ...]:
    """How the chain names the links that lead up from a goal."""
    return tuple(f"{row.code}→{goal.code}"[:80] for goal in row.serves)


def entry_of(event: AuditEvent) -> HistoryEntry:
    payload = json.loads(event.payload)
    old, new = as_fields(payload.get("old")), as_fields(payload.get("new"))
    changes = tuple(
        (str(FIELDS.get(name, name)), printed(old.get(name)), printed(new.get(name)))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )
    return HistoryEntry(event.at, event.actor_name, WORDS.get(event.action, event.action), changes)


def as_fields(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {} if value is None else {"text": value}


def printed(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return "sí" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
