"""The value of a subject in a quarter: held, whether it may be written, and what is stored."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.actions.details import InvalidValueError, check_amount
from sigpret.apps.monitoring.actions.details import UnknownSubjectError as UnknownSubjectError
from sigpret.apps.monitoring.actions.subjects import check_subject as check_subject
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.workflow import target_of


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
        kept = {name: getattr(self, name) for name in self.__slots__}
        return kept | {"value": plain(self.value)}

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


def plain(value: Decimal | None) -> str | None:
    """A quantity as people write it: no exponent, no zeros at the end."""
    return None if value is None else f"{value.normalize():f}"
