"""Writing a value: one per subject and quarter, replaced when it is corrected."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, check_accepts, held_round
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.workflow import state_of_report, target_of
from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Indicator
from sigpret.methodology.periods import Period

LARGEST = Decimal(10) ** 16
DECIMALS = 4


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


class InvalidValueError(Exception):
    """Not a value this subject can have: not finite, too long, or negative for a product."""


class UnknownSubjectError(Exception):
    """No such product or indicator in what the institution reports that year."""


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
    expected_version: int,
    at: datetime,
) -> SavedValue:
    """Write or replace the value of a product or an indicator (exactly one id is given).

    `expected_version` is the version of the value the person saw; 0 when there was none.
    The same value and cause again writes nothing. A correction of something already sent,
    while nobody has begun to review the report, takes it back to draft: it must be sent again.
    Raises PermissionDenied, RoundNotOpenError, UnknownSubjectError, InvalidValueError,
    LockedValueError, ConflictError.
    """
    check_can_write_report(access, institution.pk)
    check_value(value, is_product=product_id is not None)
    held = held_round(period, Hold.WRITING, institution_id=institution.pk)
    check_accepts(held, at)
    check_subject(institution, period, product_id, indicator_id)
    written = {"value": value, "cause_category": cause_category, "cause": cause.strip()}
    stored = held_value(
        held_report(institution, held), product_id=product_id, indicator_id=indicator_id
    )
    if not differs(stored, written):
        return saved(stored, is_changed=False)
    check_is_open(stored)
    if stored.version != expected_version:
        raise ConflictError(stored, value)
    old = {name: getattr(stored, name) for name in written}
    replace(stored, written, actor=actor, at=at)
    record(
        actor=actor,
        action="monitoring.value_saved",
        subject_type="progress_report",
        subject_id=stored.report_id,
        payload={
            "value_id": stored.pk,
            "period": period.code,
            "product_id": product_id,
            "indicator_id": indicator_id,
            "old": printable(old),
            "new": printable(written),
        },
    )
    return saved(stored, is_changed=True)


def check_value(value: Decimal | None, *, is_product: bool) -> None:
    """A quantity that can be stored without altering it."""
    if value is None:
        return
    if not value.is_finite() or abs(value) >= LARGEST:
        raise InvalidValueError(_("Escriba un número."))
    if value != value.quantize(Decimal(1).scaleb(-DECIMALS)):
        raise InvalidValueError(_("Escriba como máximo cuatro decimales."))
    if is_product and value < 0:
        raise InvalidValueError(_("Lo ejecutado de un producto no puede ser negativo."))


def check_subject(
    institution: Institution, period: Period, product_id: int | None, indicator_id: int | None
) -> None:
    """The product is of the institution's plan of that year, or the indicator is its own."""
    if (product_id is None) == (indicator_id is None):
        raise UnknownSubjectError(_("Diga de qué producto o de qué indicador es el dato."))
    if product_id is not None:
        is_known = Product.objects.filter(
            pk=product_id,
            operational_objective__objective__plan__institution=institution,
            operational_objective__objective__plan__fiscal_year=period.year,
        ).exists()
    else:
        is_known = Indicator.objects.filter(pk=indicator_id or 0, responsible=institution).exists()
    if not is_known:
        raise UnknownSubjectError(_("Ese dato no es de esta institución o no es de este año."))


def held_report(institution: Institution, held: ReportingRound) -> ProgressReport:
    """The institution's report, begun if need be; two people who write take turns on it."""
    reports = ProgressReport.objects.select_for_update().filter(institution=institution, round=held)
    if (found := reports.first()) is not None:
        return found
    ProgressReport.objects.bulk_create(
        [ProgressReport(institution=institution, round=held)], ignore_conflicts=True
    )
    return reports.get()


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
    emptied = {"state": ReportState.DRAFT, "value__isnull": True}
    return list(report.values.exclude(**emptied).values_list("state", flat=True))


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
    return {name: plain(new) if name == "value" else new for name, new in written.items()}


def plain(value: Decimal | None) -> str | None:
    """A quantity as people write it: no exponent, no zeros at the end."""
    return None if value is None else f"{value.normalize():f}"
