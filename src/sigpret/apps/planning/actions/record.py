"""Recording the plan an institution confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.changes import changes_of
from sigpret.apps.planning.actions.codes import catalogue_with
from sigpret.apps.planning.actions.rows import write_rows
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.actions.writing import check_is_writable
from sigpret.apps.planning.catalogue import (
    KnownCodes,
    NewCodes,
    accepted_source,
    known_codes,
    new_codes,
)
from sigpret.apps.planning.models import AnnualPlan, PlanVersion
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.programming import (
    NO_QUARTERS,
    ProductKey,
    Programming,
    annual_outputs,
    plain_code,
)
from sigpret.apps.planning.queries import StoredPlan, stored_plan
from sigpret.intake.rows import PlanDocument

PLAN_RECORDED = "planning.plan_recorded"
PLAN_SUBJECT = "annual_plan"
RECORDED = PlanVersion.Occasion.RECORDED


class ConflictError(Exception):
    """The plan is no longer the one the person was looking at."""

    def __init__(self, current: int, expected: int) -> None:
        super().__init__(
            _("El plan va por la versión %(current)d y usted revisó la %(expected)d.")
            % {"current": current, "expected": expected}
        )
        self.current = current
        self.expected = expected


class QuartersError(Exception):
    """Some products' quarters do not make their year; `keys` names them."""

    def __init__(self, keys: tuple[ProductKey, ...]) -> None:
        super().__init__(
            _("Los trimestres no dan la producción anual en: %(products)s.")
            % {"products": ", ".join(key.label for key in keys)}
        )
        self.keys = keys


class UnknownCodesError(Exception):
    """The report uses codes that the catalogue lacks and nobody accepted."""

    def __init__(self, codes: NewCodes) -> None:
        super().__init__(
            _("Hay códigos que no están en el catálogo: %(codes)s.")
            % {"codes": ", ".join(map(str, codes.all))}
        )
        self.codes = codes


class ProductHasReportsError(Exception):
    """A product that would leave the plan already has reported values."""

    def __init__(self) -> None:
        super().__init__(
            _("Un producto que saldría del plan ya tiene valores reportados y no puede borrarse.")
        )


@dataclass(frozen=True)
class PlanSource:
    """The file a plan comes from: the report's number and the SHA-256 of its bytes."""

    report: str
    sha256: str


@dataclass(frozen=True)
class RecordedPlan:
    """What was recorded: the plan, its version now, and how many products it has."""

    plan_id: int
    version: int
    products: int


@transaction.atomic
def record_plan(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    document: PlanDocument,
    distribution: Programming,
    source: PlanSource,
    expected_version: int,
    kept: frozenset[int] = frozenset(),
    accepts_new_codes: bool = False,
    at: datetime,
) -> RecordedPlan:
    """Make the institution's plan for the document's year say what the document says.

    Rows are created or updated by their numbers. Products the document does not have leave
    the plan, except those whose id is in `kept`. `distribution` gives the quarters of each
    product, which make its annual output as it accumulates; products without annual output are
    stored without quarters and are never due. `expected_version` is the plan's version the person
    reviewed, 0 when there was none. What was recorded is kept as a version. Raises ConflictError,
    QuartersError, UnknownCodesError, ProductHasReportsError, PlanNotWritableError for a plan
    that was sent on, and ValueError for a document of another institution.
    """
    check_can_record_plan(access, institution.pk)
    if plain_code(document.institution.code) != plain_code(institution.code):
        raise ValueError("the document is of another institution")
    before = stored_plan(institution, document.fiscal_year)
    check_quarters(document, distribution, before)
    known = known_codes()
    missing = accepted_codes(document, known, accepts_new_codes)
    if before.version != expected_version:
        raise ConflictError(before.version, expected_version)
    plan = locked_plan(institution, document, source, expected_version)
    codes = catalogue_with(known, missing, source=accepted_source(document.report.id, institution))
    try:
        write_rows(plan, document, distribution, codes, kept)
    except ProtectedError:
        raise ProductHasReportsError from None
    keep_version(plan=plan, occasion=RECORDED, reason=source.report, actor=actor, at=at)
    recorded = RecordedPlan(plan.pk, plan.version, len(annual_outputs(document)))
    record(
        actor=actor,
        action=PLAN_RECORDED,
        subject_type=PLAN_SUBJECT,
        subject_id=plan.pk,
        payload=facts_of(plan, recorded, missing)
        | changes_of(before, document, distribution, kept)
        | {"at": at},
    )
    return recorded


def facts_of(plan: AnnualPlan, recorded: RecordedPlan, added: NewCodes) -> dict[str, Any]:
    """What the chain keeps of a recorded plan."""
    return {
        "institution": plan.institution.code,
        "fiscal_year": plan.fiscal_year,
        "version": plan.version,
        "report": plan.source_report,
        "sha256": plan.source_sha256,
        "products": recorded.products,
        "new_codes": [str(code) for code in added.all],
    }


def accepted_codes(document: PlanDocument, known: KnownCodes, accepts: bool) -> NewCodes:
    """The codes to add to the catalogue. Raises UnknownCodesError unless they were accepted."""
    missing = new_codes(document, known)
    if missing and (not accepts or missing.unreadable_periodicities):
        raise UnknownCodesError(missing)
    return missing


def check_quarters(document: PlanDocument, distribution: Programming, before: StoredPlan) -> None:
    """Raise QuartersError naming every product whose quarters do not make its year.

    A report does not say how a product accumulates: the plan in force, `before`, does.
    """
    wrong = tuple(
        key
        for key, annual in annual_outputs(document).items()
        if not before.makes_year(key, annual, distribution.get(key, NO_QUARTERS))
    )
    if wrong:
        raise QuartersError(wrong)


def locked_plan(
    institution: Institution, document: PlanDocument, source: PlanSource, expected_version: int
) -> AnnualPlan:
    """The plan one version further, locked until commit, created when it did not exist."""
    plan, is_new = AnnualPlan.objects.select_for_update().get_or_create(
        institution=institution, fiscal_year=document.fiscal_year
    )
    check_is_writable(plan)
    current = 0 if is_new else plan.version
    if current != expected_version:
        raise ConflictError(current, expected_version)
    plan.version = current + 1
    # A report that prints none says nothing of those somebody wrote here.
    plan.mission = document.mission or plan.mission
    plan.vision = document.vision or plan.vision
    plan.source_report = source.report
    plan.source_sha256 = source.sha256
    plan.save()
    return plan
