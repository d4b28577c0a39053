"""Writing what is programmed: by year, by semester, by quarter."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.above import closed_quarters, is_closed, recompute
from sigpret.apps.results.actions.begun import why_targets_stay
from sigpret.apps.results.actions.conflict import ConflictError
from sigpret.apps.results.actions.goals import held_goal, indicator_of, record_goal
from sigpret.apps.results.actions.sheets import InvalidSheetError
from sigpret.apps.results.models import IndicatorTarget
from sigpret.apps.results.permissions import check_can_write_goal
from sigpret.methodology.periods import Period, PeriodError
from sigpret.methodology.values import plain

LARGEST, DECIMALS = Decimal(10) ** 16, 4
Targets = Mapping[str, Decimal | None]


class ClosedTargetError(Exception):
    """Targets of periods that already closed; `periods` names them."""

    def __init__(self, periods: tuple[str, ...]) -> None:
        super().__init__(
            _(
                "%(periods)s ya cerró: lo programado sólo cambia con una solicitud de cambio "
                "que decide DIGER."
            )
            % {"periods": ", ".join(Period.parse(code).label for code in periods)}
        )
        self.periods = periods


@transaction.atomic
def save_targets(
    *, actor: User, access: Access, goal_id: int, targets: Targets, expected_version: int
) -> dict[str, Decimal]:
    """Write the targets of the periods given (None removes one); the others stay. All of them now.

    `expected_version` is that of the indicator. The same numbers again write nothing. Raises
    PermissionDenied, InvalidSheetError, ClosedTargetError, ConflictError.
    """
    goal = held_goal(goal_id)
    check_can_write_goal(access, goal.institution_id)
    indicator = indicator_of(goal)
    if indicator is None:
        raise InvalidSheetError({"targets": _("Escriba primero la ficha del indicador.")})
    check_targets(targets)
    stored = dict(indicator.targets.values_list("period", "planned"))
    changed = {code: new for code, new in targets.items() if stored.get(code) != new}
    if not changed:
        return stored
    closed = closed_quarters()
    if rewritten := tuple(sorted(code for code in changed if is_closed(code, closed))):
        raise ClosedTargetError(rewritten)
    if reason := why_targets_stay(access, changed):
        raise InvalidSheetError({"targets": reason})
    if indicator.version != expected_version:
        raise ConflictError(indicator.version, {code: stored.get(code) for code in changed})
    write_targets(indicator.pk, changed)
    indicator.version += 1
    indicator.save(update_fields=["version"])
    recompute([goal.pk])
    payload = {"old": shown(stored, changed), "new": shown(changed, changed)}
    record_goal(actor, "results.targets_saved", goal, payload)
    return {code: new for code, new in (stored | changed).items() if new is not None}


def check_targets(targets: Targets) -> None:
    for code, planned in targets.items():
        try:
            Period.parse(code)
        except PeriodError as error:
            raise InvalidSheetError({"targets": str(error)}) from error
        if planned is None:
            continue
        if not planned.is_finite() or abs(planned) >= LARGEST:
            raise InvalidSheetError({"targets": _("Escriba un número.")})
        if planned != planned.quantize(Decimal(1).scaleb(-DECIMALS)):
            raise InvalidSheetError({"targets": _("Escriba como máximo cuatro decimales.")})


def write_targets(indicator_id: int, changed: Targets) -> None:
    removed = [code for code, planned in changed.items() if planned is None]
    IndicatorTarget.objects.filter(indicator_id=indicator_id, period__in=removed).delete()
    IndicatorTarget.objects.bulk_create(
        [
            IndicatorTarget(indicator_id=indicator_id, period=code, planned=planned)
            for code, planned in changed.items()
            if planned is not None
        ],
        update_conflicts=True,
        unique_fields=["indicator", "period"],
        update_fields=["planned"],
    )


def shown(numbers: Targets, periods: Targets) -> dict[str, str | None]:
    found = {code: numbers.get(code) for code in sorted(periods)}
    return {code: None if value is None else plain(value) for code, value in found.items()}
