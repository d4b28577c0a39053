"""The draft becomes the plan, once."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.imports.actions.draft import ClosedImportError
from sigpret.apps.imports.drafts import Draft, draft_of
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.imports.permissions import check_can_open_import
from sigpret.apps.imports.queries.changes import draft_changes
from sigpret.apps.imports.queries.closed import closed_quarters, rewritten_products
from sigpret.apps.imports.queries.keeping import kept_products
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, RoundNotOpenError, held_round
from sigpret.apps.planning.actions import ConflictError, PlanSource, record_plan
from sigpret.apps.planning.programming import QUARTER_NUMBERS, ProductKey
from sigpret.apps.planning.queries import StoredPlan, stored_plan
from sigpret.methodology.periods import Period


class NotReadyError(Exception):
    """Cells are still missing or quarters do not add up."""

    def __init__(self) -> None:
        super().__init__(_("Todavía faltan celdas por completar o trimestres por distribuir."))


class ClosedQuartersError(Exception):
    """The draft says something else than the plan in a quarter that closed; `keys` says where."""

    def __init__(self, keys: tuple[ProductKey, ...]) -> None:
        super().__init__(
            _("Lo programado en un trimestre cerrado sólo cambia con una solicitud: %(products)s.")
            % {"products": ", ".join(key.label for key in keys)}
        )
        self.keys = keys


class NothingToRecordError(Exception):
    """The plan in force already says what the draft says."""

    def __init__(self) -> None:
        super().__init__(_("No hay cambios: el plan ya dice lo mismo."))


@transaction.atomic
def confirm_import(
    *,
    actor: User,
    access: Access,
    import_id: int,
    expected_version: int,
    expected_plan_version: int,
    accepts_new_codes: bool,
    at: datetime,
) -> bool:
    """Record the draft as the institution's plan; False when it had been confirmed already.

    `expected_version` is the draft's and `expected_plan_version` the plan's when the person
    looked (0: there was none). The plan and the end of the import are one transaction with one
    event. Raises NotReadyError, ClosedQuartersError, NothingToRecordError, ClosedImportError
    and record_plan's own.
    """
    row = _locked(access, import_id)
    if row.state == PlanImport.State.CONFIRMED:
        return False
    if row.state != PlanImport.State.REVIEW or row.institution is None:
        raise ClosedImportError(row.state)
    draft = _seen_draft(row, expected_version)
    hold_rounds(draft.document.fiscal_year)
    stored = stored_plan(row.institution, draft.document.fiscal_year)
    if draft.missing or draft.undistributed(stored):
        raise NotReadyError
    kept = _what_stays(stored, draft)
    row.state = PlanImport.State.CONFIRMED
    row.version += 1
    row.updated_at = at
    row.save()
    record_plan(
        actor=actor,
        access=access,
        institution=row.institution,
        document=draft.corrected,
        distribution=draft.distribution,
        source=PlanSource(draft.document.report.id, row.sha256),
        expected_version=expected_plan_version,
        kept=kept,
        accepts_new_codes=accepts_new_codes,
        at=at,
    )
    return True


def _locked(access: Access, import_id: int) -> PlanImport:
    rows = PlanImport.objects.select_for_update(of=("self",)).select_related("institution")
    row = rows.get(pk=import_id)
    check_can_open_import(access, row.institution_id, row.uploaded_by_id)
    return row


def hold_rounds(fiscal_year: int) -> None:
    """Whoever closes a quarter of the year waits until the plan is recorded, or we for them."""
    for number in QUARTER_NUMBERS:
        # Of a quarter nobody opened there is nothing to hold, and it cannot close.
        with suppress(RoundNotOpenError):
            held_round(Period.quarter(fiscal_year, number), Hold.WRITING)


def _seen_draft(row: PlanImport, expected_version: int) -> Draft:
    """The draft the person looked at."""
    if row.version != expected_version:
        raise ConflictError(row.version, expected_version)
    return draft_of(row.document, row.corrections, row.distribution)


def _what_stays(stored: StoredPlan, draft: Draft) -> frozenset[int]:
    """The ids of products that stay though the report lacks them; refuses what may not be done."""
    closed = closed_quarters(draft.document.fiscal_year)
    if rewritten := rewritten_products(stored, draft, closed):
        raise ClosedQuartersError(rewritten)
    kept = kept_products(stored, draft.document, closed)
    if not draft_changes(stored, draft, kept):
        raise NothingToRecordError
    return frozenset(product.product_id for product in kept)
