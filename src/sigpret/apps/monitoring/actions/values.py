"""Writing a value: one per subject and quarter, replaced when it is corrected."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import answered, record, remember
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, check_accepts, held_round
from sigpret.apps.monitoring.actions.details import (
    Details,
    Given,
    InvalidValueError,
    changed_details,
    check_amount,
    computed_value,
    details_of,
    has_no_denominator,
    is_computed,
    store_details,
)
from sigpret.apps.monitoring.actions.details import UnknownSubjectError as UnknownSubjectError
from sigpret.apps.monitoring.actions.subjects import Subject, known_indicator
from sigpret.apps.monitoring.actions.subjects import check_subject as check_subject
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.workflow import state_of_report, target_of
from sigpret.apps.results.models import Indicator
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class SavedValue:
    """What is stored now. `is_changed` False: it was already so, nothing was written.

    `id` is None when nothing has ever been written.
    """

    id: int | None
    report_id: int
    value: Decimal | None
    version: int
    report_version: int
    state: str
    is_changed: bool

    def answer(self) -> dict[str, Any]:
        """As it is kept for whoever repeats the request."""
        return asdict(self) | {"value": plain(self.value)}

    @classmethod
    def of(cls, answer: dict[str, Any]) -> "SavedValue":
        value = answer["value"]
        return cls(**answer | {"value": None if value is None else Decimal(value)})


class ConflictError(Exception):
    """Somebody wrote in between. `mine` is what was sent now, `theirs` what is stored."""

    def __init__(self, stored: ReportedValue, mine: Decimal | None) -> None:
        super().__init__(
            _("%(name)s cambió este dato: ahora es %(theirs)s. Usted escribió %(mine)s.")
            % {
                "name": stored.reported_by or _("Otra persona"),
                "theirs": plain(stored.value) or _("vacío"),
                "mine": plain(mine) or _("vacío"),
            }
        )
        self.mine, self.theirs = mine, stored.value
        self.changed_by, self.changed_at = str(stored.reported_by or ""), stored.reported_at
        self.version = stored.version


class LockedValueError(Exception):
    """The value was validated, or is under review: only a return opens it again."""


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
    if (before := answered(user=actor, key=key, asked=asked, at=at)) is not None:
        return SavedValue.of(before)
    writing = Writing(actor, subject, written, variables, parts, at)
    done = write(writing, expected_version)
    remember(user=actor, key=key, answer=done.answer())
    return done


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody writes of a subject."""

    actor: User
    subject: Subject
    written: dict[str, Any]
    variables: Given | None
    parts: Given | None
    at: datetime


def write(writing: Writing, expected_version: int) -> SavedValue:
    """Put it in the report, unless it is already so or may not be."""
    subject = writing.subject
    check_value(writing.written["value"], is_product=subject.product_id is not None)
    held = held_round(subject.period, Hold.WRITING, institution_id=subject.institution.pk)
    check_accepts(held, writing.at)
    indicator = known_indicator(subject)
    stored = held_value(
        held_report(subject.institution, held),
        product_id=subject.product_id,
        indicator_id=subject.indicator_id,
    )
    before = details_of(stored) if indicator is not None else Details()
    after = changed_details(before, writing.variables, writing.parts, indicator)
    written = worked_out(writing.written, indicator, before, after)
    if not differs(stored, written) and before == after:
        return saved(stored, is_changed=False)
    check_is_open(stored)
    if stored.version != expected_version:
        raise ConflictError(stored, written["value"])
    old = {name: getattr(stored, name) for name in written}
    replace(stored, written, actor=writing.actor, at=writing.at)
    store_details(stored, before, after)
    record(
        actor=writing.actor,
        action="monitoring.value_saved",
        subject_type="progress_report",
        subject_id=stored.report_id,
        payload={
            "value_id": stored.pk,
            "period": subject.period.code,
            "product_id": subject.product_id,
            "indicator_id": subject.indicator_id,
            "old": printable(old) | before.printable(),
            "new": printable(written) | after.printable(),
        },
    )
    return saved(stored, is_changed=True)


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


def check_value(value: Decimal | None, *, is_product: bool) -> None:
    """A quantity that can be stored without altering it."""
    check_amount(value)
    if is_product and value is not None and value < 0:
        raise InvalidValueError(_("Lo ejecutado de un producto no puede ser negativo."))


def held_report(institution: Institution, held: ReportingRound) -> ProgressReport:
    """The institution's report, begun if need be; two people who write take turns on it."""
    # Only the report: the usual order would join the round and the institution, and hold them
    # against everybody else who writes in the country.
    own = ProgressReport.objects.filter(institution=institution, round=held)
    reports = own.select_for_update(of=("self",)).order_by("pk")
    if (found := reports.first()) is None:
        ProgressReport.objects.bulk_create(
            [ProgressReport(institution=institution, round=held)], ignore_conflicts=True
        )
        found = reports.get()
    found.round, found.institution = held, institution
    return found


def held_value(
    report: ProgressReport, *, product_id: int | None, indicator_id: int | None
) -> ReportedValue:
    """The stored value, held; or a blank one, version 0, that is not stored yet."""
    subject = {"product_id": product_id} if product_id else {"indicator_id": indicator_id}
    period = report.round.period
    found = (
        ReportedValue.objects.select_related("reported_by")
        .select_for_update(of=("self",))
        .filter(period=period, **subject)
        .first()
    )
    found = found or ReportedValue(period=period, version=0, **subject)
    found.report = report
    return found


def differs(stored: ReportedValue, written: dict[str, Any]) -> bool:
    return any(getattr(stored, name) != new for name, new in written.items())


def check_is_open(stored: ReportedValue) -> None:
    """A validated value is locked, and so is everything sent once its review has begun."""
    if target_of("write", stored.state) is None:
        raise LockedValueError(
            _("DIGER ya validó este dato. Sólo puede cambiarlo si DIGER se lo devuelve.")
        )
    if stored.state == ReportState.SUBMITTED and is_under_review(stored.report):
        raise LockedValueError(
            _("DIGER ya está revisando este reporte. Sólo puede cambiar lo que le devuelva.")
        )


def is_under_review(report: ProgressReport) -> bool:
    """Has anybody decided any of its values?"""
    return report.values.filter(decided_at__isnull=False).exists()


def replace(stored: ReportedValue, written: dict[str, Any], *, actor: User, at: datetime) -> None:
    """Put what was written in the row and derive the state of its report."""
    for name, new in written.items():
        setattr(stored, name, new)
    stored.state = target_of("write", stored.state) or stored.state
    stored.version += 1
    stored.reported_by, stored.reported_at = actor, at
    stored.save()
    report = stored.report
    report.state = state_of_report(written_states(report))
    report.version += 1
    report.save(update_fields=["state", "version"])


def written_states(report: ProgressReport) -> list[str]:
    """The states that count for the report's: a cell somebody emptied is as if never written."""
    emptied = {
        "state": ReportState.DRAFT,
        "value__isnull": True,
        "has_no_denominator": False,
    }
    states = report.values.order_by().exclude(**emptied).values_list("state", flat=True)
    return list(states.distinct())


def saved(stored: ReportedValue, *, is_changed: bool) -> SavedValue:
    return SavedValue(
        id=stored.pk,
        report_id=stored.report_id,
        value=stored.value,
        version=stored.version,
        report_version=stored.report.version,
        state=stored.state,
        is_changed=is_changed,
    )


def printable(written: dict[str, Any]) -> dict[str, str | None]:
    """What the audit chain keeps: `50`, not `50.0000`, so that old and new can be compared."""
    shown = {name: plain(new) if name == "value" else new for name, new in written.items()}
    if not shown["has_no_denominator"]:
        del shown["has_no_denominator"]
    return shown


def plain(value: Decimal | None) -> str | None:
    """A quantity as people write it: no exponent, no zeros at the end."""
    return None if value is None else f"{value.normalize():f}"
