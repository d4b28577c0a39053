"""Saving the rows a request carries, be it one or all: what can be kept is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from sigpret.apps.monitoring.actions import (
    ConflictError,
    InvalidValueError,
    LockedValueError,
    RoundNotOpenError,
    UnknownSubjectError,
    save_value,
)
from sigpret.apps.monitoring.forms import ValueForm
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow, SubjectKind
from sigpret.apps.monitoring.views.report_row import Attempt, form_of

REFUSALS = (InvalidValueError, LockedValueError, RoundNotOpenError, UnknownSubjectError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`attempts` are the rows that could not be kept, by key; `touched` every posted row."""

    attempts: Mapping[str, Attempt]
    touched: frozenset[str]
    saved: int

    @property
    def status(self) -> int:
        """409 when somebody else wrote in between, 422 when something has to be corrected."""
        if any(attempt.conflict for attempt in self.attempts.values()):
            return 409
        return 422 if self.attempts else 200


def save_rows(request: HttpRequest, institution: Any, sheet: ReportSheet) -> Outcome:
    """Save every posted row that was changed. Raises PermissionDenied."""
    posted = [row for row in sheet.rows if f"{row.key}-value" in request.POST]
    forms = [(row, form_of(row, request.POST)) for row in posted]
    changed = [(row, form) for row, form in forms if form.is_touched]
    save = Saving(request, institution, sheet)
    results = {row.key: save(row, form) for row, form in changed}
    attempts = {key: attempt for key, attempt in results.items() if attempt is not None}
    touched = frozenset(row.key for row in posted)
    return Outcome(attempts, touched, saved=len(changed) - len(attempts))


@dataclass(frozen=True, slots=True)
class Saving:
    """Saves one row; calling it gives the attempt when the row could not be kept."""

    request: HttpRequest
    institution: Any
    sheet: ReportSheet

    def __call__(self, row: SheetRow, form: ValueForm) -> Attempt | None:
        if not form.is_valid():
            return Attempt(form)
        try:
            self.write(row, form)
        except ConflictError as conflict:
            return Attempt(form, conflict=conflict)
        except REFUSALS as refusal:
            return Attempt(form, refusal=str(refusal))
        return None

    def write(self, row: SheetRow, form: ValueForm) -> None:
        is_product = row.kind == SubjectKind.PRODUCT
        save_value(
            actor=self.request.user,
            access=self.request.access,
            institution=self.institution,
            period=self.sheet.period,
            product_id=row.subject_id if is_product else None,
            indicator_id=None if is_product else row.subject_id,
            value=form.cleaned_data["value"],
            cause_category=form.given("cause_category", row.cell.cause_category),
            cause=form.given("cause", row.cell.cause),
            expected_version=form.cleaned_data["version"] or 0,
            at=self.request.now,
        )
