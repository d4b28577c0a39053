"""The data a change asks for: what is in force, what may be asked, writing what was accepted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from sigpret.apps.planning.models import (
    AnnualPlan,
    PlanChange,
    Product,
    ProductTarget,
)
from sigpret.apps.planning.queries.change_lines import ANNUAL, in_force, lines_of
from sigpret.apps.planning.reported import ReportedQuarters
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.plans.quarters import year_made
from sigpret.methodology.values import printed
from sigpret.web.dates import period_name

#: What a quantity holds: numeric(20, 4).
MOST, DECIMALS = Decimal(10) ** 16, 4
Values = Mapping[str, Decimal | None]


class ChangeError(Exception):
    """The change cannot be asked or decided so; the text says why and what to do."""


def check_amounts(
    plan: AnnualPlan, product: Product, values: Values, reported: ReportedQuarters
) -> None:
    """Raise ChangeError for a datum that is not of this year, or that may not change any more."""
    known = in_force(product, plan.fiscal_year)
    for name, value in values.items():
        if name not in known:
            raise ChangeError(
                _("Ese dato no es del plan de %(year)s.") % {"year": plan.fiscal_year}
            )
        if value == known[name]:
            continue
        if value is not None and not is_kept_whole(value):
            raise ChangeError(_("Escriba una cantidad de cero o más, con hasta 4 decimales."))
        if name in reported.closed:
            raise ChangeError(
                _("El %(quarter)s ya cerró: lo programado en un trimestre cerrado no cambia.")
                % {"quarter": period_name(name)}
            )
        if value is None and (product.pk, name) in reported.figures:
            raise ChangeError(
                _("El %(quarter)s ya tiene un valor reportado: prográmelo en 0 si no se producirá.")
                % {"quarter": period_name(name)}
            )


def is_kept_whole(value: Decimal) -> bool:
    exponent = value.normalize().as_tuple().exponent
    return 0 <= value < MOST and isinstance(exponent, int) and exponent >= -DECIMALS


def check_quarters(plan: AnnualPlan, product: Product, values: Values) -> None:
    """Raise ChangeError when the quarters would not make the year, as the product accumulates."""
    data = in_force(product, plan.fiscal_year) | dict(values)
    planned = [value for name, value in data.items() if name != ANNUAL and value is not None]
    made = year_made(Accumulation(product.accumulation), planned)
    if made == data[ANNUAL] or (made is None and not data[ANNUAL]):
        return
    objective = product.operational_objective.objective.number
    raise ChangeError(
        _("En %(code)s los trimestres dan %(made)s y la producción anual dice %(annual)s.")
        % {
            "code": f"{objective}.{product.number}",
            "made": printed(made),
            "annual": printed(data[ANNUAL]),
        }
    )


def applied(change: PlanChange) -> None:
    """Write what was accepted into the plan; each of its products counts one version more."""
    lines = lines_of(change)
    touched = {line.product_id for line in lines}
    Product.objects.filter(pk__in=touched).update(version=F("version") + 1)
    for line in lines:
        if line.field == ANNUAL:
            Product.objects.filter(pk=line.product_id).update(annual_output=line.new)
        elif line.new is None:
            ProductTarget.objects.filter(product=line.product_id, period=line.field).delete()
        else:
            ProductTarget.objects.update_or_create(
                product_id=line.product_id, period=line.field, defaults={"planned": line.new}
            )
