"""The list of imports and the facts of one, seen only by whom they concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.http import Http404

from sigpret.apps.imports import originals
from sigpret.apps.imports.drafts import Draft, draft_of
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.imports.permissions import check_can_open_import, imports_for_everybody
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.intake.rows import Finding, Severity

SHOWN_AT_MOST = 50


@dataclass(frozen=True)
class ImportFacts:
    """What a screen says about an import before its rows."""

    pk: int
    institution: Institution | None
    fiscal_year: int | None
    state: str
    state_label: str
    filename: str
    sha256: str
    uploaded_by: str
    uploaded_at: datetime
    updated_at: datetime
    version: int
    findings: tuple[Finding, ...]
    draft: Draft | None

    @property
    def is_in_review(self) -> bool:
        return self.state == PlanImport.State.REVIEW

    @property
    def is_refused(self) -> bool:
        return self.state == PlanImport.State.REFUSED

    @property
    def is_confirmed(self) -> bool:
        return self.state == PlanImport.State.CONFIRMED


def imports_open_to(access: Access) -> tuple[ImportFacts, ...]:
    """The imports of the person's institution (an administrator's: all), the newest first."""
    rows = PlanImport.objects.select_related("institution", "uploaded_by").defer(
        "corrections", "distribution"
    )
    if not imports_for_everybody(access):
        mine = Q(institution__isnull=True, uploaded_by=access.user_id)
        rows = rows.filter(Q(institution__in=access.institutions) | mine)
    return tuple(_facts(row, None) for row in rows.order_by("-updated_at", "-pk")[:SHOWN_AT_MOST])


def drafts_of(access: Access) -> tuple[ImportFacts, ...]:
    """The drafts a person should finish: their institution's, or the ones they began."""
    mine = Q(uploaded_by=access.user_id) | Q(institution__in=access.institutions)
    rows = PlanImport.objects.filter(mine, state=PlanImport.State.REVIEW)
    return tuple(
        _facts(row, _draft(row))
        for row in rows.select_related("institution", "uploaded_by").order_by("-updated_at")
    )


def import_facts(access: Access, import_id: int) -> ImportFacts:
    """One import with its draft. Raises Http404 and PermissionDenied."""
    row = _row(access, import_id)
    return _facts(row, _draft(row))


def original_of(access: Access, import_id: int) -> tuple[Path, str]:
    """Where the original stands and the name to give it. Raises Http404 and PermissionDenied."""
    row = _row(access, import_id)
    path = originals.path_of(str(row.file))
    if not path.is_file():
        raise Http404
    return path, row.filename


def _row(access: Access, import_id: int) -> PlanImport:
    rows = PlanImport.objects.select_related("institution", "uploaded_by")
    row = rows.filter(pk=import_id).first()
    if row is None:
        raise Http404
    check_can_open_import(access, row.institution_id, row.uploaded_by_id)
    return row


def _draft(row: PlanImport) -> Draft | None:
    if "plan" not in row.document:
        return None
    return draft_of(row.document, row.corrections, row.distribution)


def _facts(row: PlanImport, draft: Draft | None) -> ImportFacts:
    return ImportFacts(
        pk=row.pk,
        institution=row.institution,
        fiscal_year=row.fiscal_year,
        state=row.state,
        state_label=str(row.get_state_display()),
        filename=row.filename,
        sha256=row.sha256,
        uploaded_by=str(row.uploaded_by),
        uploaded_at=row.uploaded_at,
        updated_at=row.updated_at,
        version=row.version,
        findings=tuple(map(_finding, row.document.get("findings", []))),
        draft=draft,
    )


def _finding(stored: dict[str, Any]) -> Finding:
    return Finding(Severity(stored["severity"]), stored["rule"], stored["line"], stored["message"])
