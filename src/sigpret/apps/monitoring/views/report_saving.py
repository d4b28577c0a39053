"""Saving the rows a request carries, be it one or all: what can be kept is kept."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.monitoring.actions import (
    ConflictError,
    InvalidValueError,
    LockedValueError,
    RoundNotOpenError,
    UnknownSubjectError,
    save_value,
)
from sigpret.apps.monitoring.actions.conflicts import settle_conflict
from sigpret.apps.monitoring.forms import ValueForm
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow, SubjectKind
from sigpret.apps.monitoring.views.report_row import Attempt
from sigpret.apps.monitoring.views.row_amounts import form_of
from sigpret.web.http import idempotency_key

REFUSALS = (InvalidValueError, LockedValueError, RoundNotOpenError, UnknownSubjectError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`attempts` are the rows that could not be kept, by key; `touched` every posted row.

    `strays` is what was typed for rows that are no longer in the sheet: nothing of it was kept.
    """

    attempts: Mapping[str, Attempt]
    touched: frozenset[str]
    saved: int
    strays: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """409 when somebody else wrote in between, 422 when something has to be corrected."""
        if any(attempt.conflict or attempt.is_repeated for attempt in self.attempts.values()):
            return 409
        return 422 if self.attempts or self.strays else 200


def save_rows(request: HttpRequest, institution: Any, sheet: ReportSheet) -> Outcome:
    """Save every posted row that was changed. Raises PermissionDenied."""
    posted = [row for row in sheet.rows if f"{row.key}-version" in request.POST]
    save = Saving(request, institution, sheet, idempotency_key(request))
    results = [(row.key, *save(row)) for row in posted]
    attempts = {key: attempt for key, attempt, _saved in results if attempt is not None}
    return Outcome(
        attempts=attempts,
        touched=frozenset(row.key for row in posted),
        saved=sum(saved for _key, _attempt, saved in results),
        strays=tuple(strays_in(request.POST, {row.key for row in sheet.rows})),
    )


def strays_in(posted: Any, known: Container[str]) -> Iterator[str]:
    """What was typed for rows that left the sheet since the page was drawn."""
    for name in posted:
        key = name.removesuffix("-version")
        if key == name or key in known or name.startswith("initial-"):
            continue
        for field, text in posted.items():
            is_typed = field.startswith(f"{key}-") and field != name
            if is_typed and text != posted.get(f"initial-{field}", ""):
                yield text


@dataclass(frozen=True, slots=True)
class Saving:
    """Saves one row; calling it gives the attempt that could not be kept, and whether it saved."""

    request: HttpRequest
    institution: Any
    sheet: ReportSheet
    key: UUID | None

    def __call__(self, row: SheetRow) -> tuple[Attempt | None, bool]:
        form = form_of(row, chosen(self.request.POST, row))
        if f"{row.key}-use" in self.request.POST:
            self.settle(row, form)
            return None, False
        if not form.is_touched:
            return None, False
        attempt = self.attempt(row, form)
        return attempt, attempt is None

    def attempt(self, row: SheetRow, form: ValueForm) -> Attempt | None:
        if not form.is_valid():
            return Attempt(form)
        try:
            self.write(row, form)
        except ConflictError as conflict:
            return Attempt(form, conflict=conflict)
        except DifferentRequestError as refusal:
            return Attempt(form, refusal=str(refusal), is_repeated=True)
        except REFUSALS as refusal:
            return Attempt(form, refusal=str(refusal))
        return None

    def subject(self, row: SheetRow) -> dict[str, Any]:
        return {
            "actor": self.request.user,
            "access": self.request.access,
            "institution": self.institution,
            "period": self.sheet.period,
            f"{row.kind}_id": row.subject_id,
            "at": self.request.now,
        }

    def write(self, row: SheetRow, form: ValueForm) -> None:
        is_typed = form.add_prefix("value") in form.data
        save_value(
            **self.subject(row),
            value=form.cleaned_data["value"] if is_typed else row.cell.value,
            cause_category=form.given("cause_category", row.cell.cause_category),
            cause=form.given("cause", row.cell.cause),
            variables=form.amounts("var"),
            parts=form.amounts("part"),
            expected_version=form.cleaned_data["version"] or 0,
            key=uuid5(self.key, row.key) if self.key else None,
        )

    def settle(self, row: SheetRow, form: ValueForm) -> None:
        """The person takes what the other one wrote; theirs stays in the history."""
        if form.is_valid() and row.kind in SubjectKind:
            settle_conflict(**self.subject(row), discarded=form.cleaned_data["value"])


def chosen(posted: Any, row: SheetRow) -> Any:
    """What was posted, with what a button of the row put in the place of what was typed."""
    data = posted.copy()
    for choice, name in (("fix", "value"), ("keep", "version")):
        if picked := posted.get(f"{row.key}-{choice}"):
            data[f"{row.key}-{name}"] = picked
    return data
