"""A file comes in: it is read apart, kept whole, and becomes a draft or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.imports import originals
from sigpret.apps.imports.drafts import (
    UNSCHEDULED,
    Cell,
    Correction,
    Draft,
    draft_of,
    key_of,
    quarters_token,
)
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.imports.permissions import check_can_import, imports_for_everybody
from sigpret.apps.imports.queries.belonging import institution_printed, why_not_importable
from sigpret.apps.imports.reading import FileReading, read_upload
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, institution_of
from sigpret.apps.planning.queries import StoredPlan, stored_plan
from sigpret.intake.rows import PlanDocument


@dataclass(frozen=True)
class Uploaded:
    """The import the file became; `is_known` when the same file was already in review."""

    import_id: int
    is_known: bool


def upload_report(
    *, actor: User, access: Access, data: bytes, filename: str, at: datetime
) -> Uploaded:
    """Read the file and keep it. The same file in review is offered again, never doubled.

    Reading happens before the transaction: it may take seconds and writes nothing.
    """
    check_can_import(access)
    digest = originals.sha256_of(data)
    known = _draft_of_file(access, digest)
    if known is not None:
        return Uploaded(known.pk, is_known=True)
    name = originals.safe_name(filename)
    reading = read_upload(data, name)
    incoming = PlanImport(
        filename=name,
        sha256=digest,
        file=originals.keep(data),
        uploaded_by=actor,
        uploaded_at=at,
        updated_at=at,
    )
    _fill(incoming, reading, access, at)
    return _store(incoming, actor)


def _fill(incoming: PlanImport, reading: FileReading, access: Access, at: datetime) -> None:
    """Say whose plan it is and what was read, or why it is refused."""
    document = reading.document
    institution = institution_printed(document) if document else None
    reasons = reading.findings
    if document is not None:
        refusal = why_not_importable(access, document, institution, current_year=at.year)
        reasons = (refusal,) if refusal else reasons
        if refusal is None and institution is not None:
            _accept(incoming, document, institution, at)
    if incoming.state != PlanImport.State.REVIEW:
        incoming.state = PlanImport.State.REFUSED
        incoming.institution = institution_of(access)
        incoming.document = {}
    incoming.document["findings"] = [finding.to_json() for finding in reasons]


def _accept(
    incoming: PlanImport, document: PlanDocument, institution: Institution, at: datetime
) -> None:
    incoming.state = PlanImport.State.REVIEW
    incoming.institution = institution
    incoming.fiscal_year = document.fiscal_year
    incoming.document = {"plan": document.to_json()}
    stored = stored_plan(institution, document.fiscal_year)
    incoming.corrections = corrections_from_plan(document, stored, at)
    draft = draft_of(incoming.document, incoming.corrections, {})
    incoming.distribution = distribution_from_plan(draft, stored)


def corrections_from_plan(
    document: PlanDocument, stored: StoredPlan, at: datetime
) -> dict[str, Any]:
    """What the plan in force already resolved for the productions the report leaves blank."""
    if stored.document is None:
        return {}
    in_force = {
        key_of(placed): placed.product.annual_output for placed in stored.document.placed_products()
    }
    corrections = {}
    for placed in document.placed_products():
        key = key_of(placed)
        if placed.product.annual_output is None and key in in_force:
            output = in_force[key]
            cell = UNSCHEDULED if output is None else Cell(output)
            correction = Correction(cell, by="", at=at.isoformat(), is_from_plan=True)
            corrections[key.code] = correction.to_json()
    return corrections


def distribution_from_plan(draft: Draft, stored: StoredPlan) -> dict[str, str]:
    """The quarters of the plan in force, where they still make the year."""
    return {
        key.code: quarters_token(stored.quarters[key])
        for key, cell in draft.cells.items()
        if cell.annual_output is not None
        and key in stored.quarters
        and stored.makes_year(key, cell.annual_output, stored.quarters[key])
    }


def _store(incoming: PlanImport, actor: User) -> Uploaded:
    """One row and one event; whoever loses a race is given the winner's draft."""
    try:
        with transaction.atomic():
            _forget_same_refusal(incoming)
            incoming.save()
            record(
                actor=actor,
                action=f"imports.report_{incoming.state}",
                subject_type="plan_import",
                subject_id=incoming.pk,
                payload={"filename": incoming.filename, "sha256": incoming.sha256},
            )
    except IntegrityError:
        winner = PlanImport.objects.get(
            institution=incoming.institution,
            sha256=incoming.sha256,
            state=PlanImport.State.REVIEW,
        )
        return Uploaded(winner.pk, is_known=True)
    return Uploaded(incoming.pk, is_known=False)


def _forget_same_refusal(incoming: PlanImport) -> None:
    """The same refused file again takes the place of the earlier attempt."""
    earlier = PlanImport.objects.filter(
        sha256=incoming.sha256,
        state=PlanImport.State.REFUSED,
        uploaded_by=incoming.uploaded_by,
    ).first()
    if earlier is not None:
        incoming.pk = earlier.pk


def _draft_of_file(access: Access, digest: str) -> PlanImport | None:
    drafts = PlanImport.objects.filter(sha256=digest, state=PlanImport.State.REVIEW)
    if not imports_for_everybody(access):
        drafts = drafts.filter(institution__in=access.institutions)
    return drafts.order_by("-uploaded_at").first()
