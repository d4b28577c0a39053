"""What looks like a slip of the hand in a value: said beside the row, never in the way of it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.queries.sheet import SheetRow
from sigpret.methodology.values import printed

#: A zero too many, or one too few.
TENFOLD = Decimal(10)
PERCENT_CEILING = Decimal(100)


def doubts_about(row: SheetRow) -> Iterator[str]:
    """One sentence for each thing a colleague would ask before sending this value."""
    value = row.cell.value
    if value is None and row.is_impossible:
        yield _("El denominador es 0 y el numerador no: corrija las variables.")
    if value is None or row.cell.state in {"submitted", "validated"}:
        return
    usual = row.planned
    if usual and value >= TENFOLD * usual > 0:
        yield _("Es diez veces lo programado (%(planned)s) o más: ¿sobra un cero?") % {
            "planned": printed(usual)
        }
    elif usual and 0 < value * TENFOLD <= usual:
        yield _("Es la décima parte de lo programado (%(planned)s) o menos: ¿falta un cero?") % {
            "planned": printed(usual)
        }
    if is_cumulative_typed(row, value):
        yield _("Es igual al acumulado anterior más lo programado: escriba sólo este trimestre.")
    if row.unit in {"%", "Porcentaje", "PORCENTAJE"} and value > PERCENT_CEILING:
        yield _("Pasa de 100 %: revise el denominador.")


def is_cumulative_typed(row: SheetRow, value: Decimal) -> bool:
    """Did somebody type the year so far where only the quarter belongs?"""
    if not row.prior or not row.planned or row.annual is None:
        return False
    return value == row.prior + row.planned and value > row.planned
