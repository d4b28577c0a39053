"""The filters of the report: each is a question about a row, and lives in the query string."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.queries import ReportSheet, SheetRow, Situation
from sigpret.apps.monitoring.queries.evidence import SheetEvidence
from sigpret.web.components import Chip


@dataclass(frozen=True, slots=True)
class Seen:
    """What a filter may ask besides the row: its evidence, and who is looking."""

    evidence: SheetEvidence | None = None
    person_id: int | None = None

    def lacks_evidence(self, row: SheetRow) -> bool:
        has_value = row.cell.is_written
        return has_value and self.evidence is not None and not self.evidence.files(row)


Question = Callable[[SheetRow, Seen], bool]


def stands(situation: Situation) -> Question:
    return lambda row, _seen: row.situation == situation


def is_mine(row: SheetRow, seen: Seen) -> bool:
    return row.cell.assigned_to_id is not None and row.cell.assigned_to_id == seen.person_id


FILTERS: dict[str, tuple[str | Promise, Question]] = {
    "por-resolver": (_("Por resolver"), lambda row, _seen: bool(row.missing)),
    "mios": (_("Asignados a mí"), is_mine),
    "falta-dato": (_("Falta el dato"), stands(Situation.VALUE_MISSING)),
    "devueltos": (_("Devueltos por DIGER"), stands(Situation.RETURNED)),
    "con-error": (_("Con error"), stands(Situation.PARTS_WRONG)),
    "sin-evidencia": (_("Sin evidencia"), lambda row, seen: seen.lacks_evidence(row)),
    "por-explicar": (_("Por explicar"), stands(Situation.CAUSE_MISSING)),
}


def is_shown(row: SheetRow, key: str, seen: Seen) -> bool:
    return key not in FILTERS or FILTERS[key][1](row, seen)


def chips_of(sheet: ReportSheet, seen: Seen, path: str, shown: str) -> list[Chip]:
    """The filters with their counts; those that would show nothing are left out."""
    counts = {
        key: sum(question(row, seen) for row in sheet.rows)
        for key, (_label, question) in FILTERS.items()
    }
    return [Chip(_("Todos"), path, sheet.total, is_on=shown not in FILTERS)] + [
        Chip(label, f"{path}?ver={key}", counts[key], is_on=shown == key)
        for key, (label, _question) in FILTERS.items()
        if counts[key] or shown == key
    ]
