"""Reads of the files of execution: what came in, what waits, what was refused and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.models import ExecutionImport, RefusedRow
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.intake.execution.columns import AMOUNTS
from sigpret.web.dates import period_words

SHOWN = 30
REFUSED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """An import as a screen needs it. `institution` empty: of the whole country; `columns`,
    `totals` and `new_codes` are those of the model."""

    pk: int
    institution_id: int | None
    institution: str
    code: str
    fiscal_year: int
    period: str
    file_name: str
    state: str
    state_words: str
    problem: str
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_same: int
    rows_refused: int
    columns: dict[str, Any]
    totals: dict[str, Any]
    new_codes: dict[str, Any]
    sent_by: str
    sent_at: datetime
    applied_at: datetime | None
    version: int
    size: int

    @property
    def place(self) -> str:
        return f"{self.code} · {self.institution}" if self.code else str(_("Todo el país"))

    @property
    def period_words(self) -> str:
        if "-" not in self.period:
            return _("ejercicio %(year)s, cada fila con su periodo") % {"year": self.period}
        return period_words(self.period)

    @property
    def to_store(self) -> int:
        """Rows that would be written: what says the same as the budget is not."""
        return self.rows_new + self.rows_changed


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not stored: its line, why not and what it said."""

    line: int
    reason: str
    content: str


@dataclass(frozen=True, slots=True)
class Reason:
    """How many rows were refused for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A column of the file: the sum of its rows and the total it declares, in lempiras; None:
    it declares none."""

    field: str
    rows: Decimal
    declared: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.declared is None else self.declared - self.rows


def executions_open_to(access: Access) -> tuple[ImportFacts, ...]:
    """The latest files the person may open, newest first."""
    rows = ExecutionImport.objects.select_related("institution", "sent_by", "file")
    if not access.has(Role.ADMINISTRATOR):
        rows = rows.filter(Q(institution__in=access.institutions))
    return tuple(facts_of(row) for row in rows.order_by("-sent_at", "-pk")[:SHOWN])


def execution_import(import_id: int) -> ImportFacts | None:
    """One import; None when there is none."""
    rows = ExecutionImport.objects.select_related("institution", "sent_by", "file")
    row = rows.filter(pk=import_id).first()
    return None if row is None else facts_of(row)


def facts_of(row: ExecutionImport) -> ImportFacts:
    place = row.institution
    return ImportFacts(
        pk=row.pk,
        institution_id=row.institution_id,
        institution="" if place is None else place.name,
        code="" if place is None else place.code,
        fiscal_year=row.fiscal_year,
        period=row.period,
        file_name=row.file_name,
        state=row.state,
        state_words=row.get_state_display(),
        problem=row.problem,
        rows_read=row.rows_read,
        rows_new=row.rows_new,
        rows_changed=row.rows_changed,
        rows_same=row.rows_same,
        rows_refused=row.rows_refused,
        columns=row.columns,
        totals=row.totals,
        new_codes=row.new_codes.get("new", {}),
        sent_by=str(row.sent_by),
        sent_at=row.sent_at,
        applied_at=row.applied_at,
        version=row.version,
        size=row.file.size,
    )


def refused_rows(import_id: int) -> tuple[Refused, ...]:
    """The first of them, by line."""
    rows = RefusedRow.objects.filter(execution_import=import_id)[:REFUSED_SHOWN]
    return tuple(Refused(row.line_number, row.reason, row.content) for row in rows)


def every_refused_row(import_id: int) -> Iterator[tuple[int, str, str]]:
    """Line, reason and content of each, one at a time."""
    rows = RefusedRow.objects.filter(execution_import=import_id)
    return rows.values_list("line_number", "reason", "content").iterator(chunk_size=2000)


def reconciled(totals: dict[str, Any]) -> tuple[Reconciled, ...]:
    """The columns the file has, each with its sum and what the file declares."""
    declared, rows = totals.get("declared", {}), totals.get("rows", {})
    return tuple(
        Reconciled(name, Decimal(rows[name]), Decimal(declared[name]) if name in declared else None)
        for name in AMOUNTS
        if rows.get(name) is not None
    )


def places_to_bring(access: Access) -> tuple[tuple[str, str], ...]:
    """The institutions whose execution the person may bring, by code; empty code: the country."""
    rows = Institution.objects.order_by("code")
    if not access.has(Role.ADMINISTRATOR):
        held = [pk for pk in access.institutions if access.works_for(pk)]
        rows = rows.filter(pk__in=held)
    found = tuple((row.code, f"{row.code} · {row.name}") for row in rows)
    return (("", str(_("Todo el país"))), *found) if access.has(Role.ADMINISTRATOR) else found
