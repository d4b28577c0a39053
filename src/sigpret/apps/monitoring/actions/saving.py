"""Writing a value: one per subject and quarter, replaced when it is corrected."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import SentRequest, being_kept, event
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import check_accepts
from sigpret.apps.monitoring.actions.details import (
    Details,
    Given,
    InvalidValueError,
    changed_details,
    computed_value,
    details_of,
    has_no_denominator,
    is_computed,
    store_details,
)
from sigpret.apps.monitoring.actions.held_cells import (
    HeldCell,
    advancing,
    begin_report,
    held_cell,
    writing,
)
from sigpret.apps.monitoring.actions.subjects import Subject, check_is_one, indicator_in
from sigpret.apps.monitoring.actions.values import (
    ConflictError,
    SavedValue,
    check_is_open,
    check_value,
    plain,
    saved,
)
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.workflow import state_of_report, target_of
from sigpret.apps.results.models import Indicator
from sigpret.methodology.periods import Period
from sigpret.web.statements import Statement, send, send_last


@transaction.atomic
def save_value(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    product_id: int | None = None,
    indicator_id: int | None = None,
    value: Decimal | None,
    cause_category: str = "",
    cause: str = "",
    variables: Given | None = None,
    parts: Given | None = None,
    expected_version: int,
    at: datetime,
    key: UUID | None = None,
) -> SavedValue:
    """Write or replace the value of a product or an indicator (exactly one id is given).

    `expected_version` is the version of the value the person saw; 0 when there was none.
    `variables` and `parts` are amounts by the id of the variable or category; what is not in
    them stays, None takes one away. A computed indicator is written through its variables:
    its `value` is worked out of them, and what is passed is ignored.
    The same again writes nothing. A correction of something already sent, while nobody has
    begun to review the report, takes it back to draft: it must be sent again. `key` is the
    request's: trying again gets the first answer.
    Raises PermissionDenied, RoundNotOpenError, UnknownSubjectError, InvalidValueError,
    LockedValueError, ConflictError, DifferentRequestError.
    """
    check_can_write_report(access, institution.pk)
    subject = Subject(institution, period, product_id, indicator_id)
    written = {"value": value, "cause_category": cause_category, "cause": cause.strip()}
    asked = {
        "action": "save",
        "subject": [institution.pk, period.code, product_id, indicator_id, expected_version],
        "written": written,
        "details": [sorted((given or {}).items()) for given in (variables, parts)],
    }
    request = SentRequest.of(actor, key, asked)
    return write(Writing(actor, subject, written, variables, parts, expected_version, at, request))


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody writes of a subject, over the version they saw."""

    actor: User
    subject: Subject
    written: dict[str, Any]
    variables: Given | None
    parts: Given | None
    expected_version: int
    at: datetime
    request: SentRequest


def write(doing: Writing) -> SavedValue:
    """Do it, or give what the same request got before."""
    check_value(doing.written["value"], is_product=doing.subject.product_id is not None)
    check_is_one(doing.subject)
    cell = held_cell(doing.subject, doing.request)
    if cell.before is not None:
        return SavedValue.of(cell.before)
    check_accepts(cell.round, doing.at)
    indicator = indicator_in(doing.subject, is_own=cell.is_own)
    if cell.report is None:
        begin_report(doing.subject.institution, cell.round)
        return write(doing)
    return put(doing, cell, indicator)


def put(doing: Writing, cell: HeldCell, indicator: Indicator | None) -> SavedValue:
    """Put it in the report, unless it is already so or may not be."""
    stored = cell.stored
    before = details_of(stored) if indicator is not None else Details()
    after = changed_details(before, doing.variables, doing.parts, indicator)
    written = worked_out(doing.written, indicator, before, after)
    if not differs(stored, written) and before == after:
        return keep(doing, saved(stored, is_changed=False))
    check_is_open(stored)
    if stored.version != doing.expected_version:
        raise ConflictError(stored, written["value"])
    old = {name: getattr(stored, name) for name in written}
    replace(cell, written, doing)
    changes = [writing(cell)]
    if before != after:
        # What stands behind a value is stored one by one, and after it.
        send(*changes)
        store_details(stored, before, after)
        changes = []
    history = {"old": printable(old) | before.printable()}
    history |= {"new": printable(written) | after.printable()}
    return keep(
        doing,
        saved(stored, is_changed=True),
        *(*changes, advancing(stored.report)),
        last=told(doing, stored, history),
    )


def replace(cell: HeldCell, written: dict[str, Any], doing: Writing) -> None:
    """Put what was written in the value that is held and derive the state of its report."""
    stored, report = cell.stored, cell.stored.report
    for name, new in written.items():
        setattr(stored, name, new)
    stored.pk = stored.pk or cell.new_id
    stored.state = target_of("write", stored.state) or stored.state
    stored.version += 1
    stored.reported_by, stored.reported_at = doing.actor, doing.at
    own = set() if is_emptied(stored) else {stored.state}
    report.state = state_of_report(cell.other_states | own)
    report.version += 1


def told(doing: Writing, stored: ReportedValue, history: dict[str, Any]) -> Statement:
    """The event of the chain, with what was before and what is now."""
    return event(
        actor=doing.actor,
        action="monitoring.value_saved",
        subject_type="progress_report",
        subject_id=stored.report_id,
        payload={
            "value_id": stored.pk,
            "period": doing.subject.period.code,
            "product_id": doing.subject.product_id,
            "indicator_id": doing.subject.indicator_id,
            **history,
        },
    )


def keep(
    doing: Writing, done: SavedValue, *changes: Statement, last: Statement | None = None
) -> SavedValue:
    """Send what changes, with the answer of the request; the chain's turn is taken last."""
    statements = [*changes, *doing.request.kept(done.answer(), doing.at), *([last] if last else [])]
    if statements:
        with being_kept():
            send_last(*statements)
    return done


def worked_out(
    written: dict[str, Any], indicator: Indicator | None, before: Details, after: Details
) -> dict[str, Any]:
    """What is written, with the value a computed indicator gets from its variables."""
    if indicator is None or not is_computed(indicator):
        return written | {"has_no_denominator": False}
    if not after.variables and not before.variables and written["value"] is not None:
        raise InvalidValueError(_("Este indicador se calcula: escriba sus variables."))
    value = computed_value(indicator, after.variables)
    is_empty = value is None and has_no_denominator(indicator, after.variables)
    return written | {"value": value, "has_no_denominator": is_empty}


def differs(stored: ReportedValue, written: dict[str, Any]) -> bool:
    return any(getattr(stored, name) != new for name, new in written.items())


def is_emptied(stored: ReportedValue) -> bool:
    """A draft without a value is as if it had never been written."""
    is_blank = stored.value is None and not stored.has_no_denominator
    return is_blank and stored.state == ReportState.DRAFT


def printable(written: dict[str, Any]) -> dict[str, str | None]:
    """What the audit chain keeps: `50`, not `50.0000`, so that old and new can be compared."""
    shown = {name: plain(new) if name == "value" else new for name, new in written.items()}
    if not shown["has_no_denominator"]:
        del shown["has_no_denominator"]
    return shown
