"""What the physical-financial pages show, made ready for their templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.evaluation.queries.money import (
    CountryMoney,
    InstitutionMoney,
    PlaceMoney,
    ProductMoney,
    Program,
)
from sigpret.methodology.physical_financial import (
    Balance,
    Basis,
    Comparison,
    gap_alert,
    is_silent_spending,
    silence_alert,
)
from sigpret.methodology.policy import Policy
from sigpret.methodology.values import ZERO
from sigpret.web.charts import Dumbbell, Quadrant, QuadrantPoint, SideMark
from sigpret.web.formats import format_money_short

SIDE_WORDS = {
    Balance.MONEY_AHEAD: gettext_lazy("dinero sin avance"),
    Balance.PROGRESS_AHEAD: gettext_lazy("avance sin dinero"),
    Balance.EVEN: gettext_lazy("parejo"),
    Balance.EVEN_LOW: gettext_lazy("parejo, pero bajo"),
    Balance.NO_BUDGET: gettext_lazy("sin presupuesto vigente"),
    Balance.SILENT: gettext_lazy("sin reporte"),
    Balance.NO_PHYSICAL: gettext_lazy("sin dato físico"),
}
NO_CAUSES: Mapping[int, str] = MappingProxyType({})
EVEN = (Balance.EVEN, Balance.EVEN_LOW)
COMPARED = (Balance.MONEY_AHEAD, Balance.PROGRESS_AHEAD, *EVEN)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: `side` is the word of the balance, `bar` its two marks on a line."""

    code: str
    name: str
    comparison: Comparison
    product_id: int = 0
    url: str = ""

    @property
    def sign(self) -> SideMark:
        return SideMark(self.comparison.balance.value)

    @property
    def word(self) -> str:
        return str(SIDE_WORDS[self.comparison.balance])

    @property
    def is_alert(self) -> bool:
        return self.comparison.balance in {Balance.MONEY_AHEAD, Balance.PROGRESS_AHEAD}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row with its line; all lines share one scale."""

    row: Row
    bar: Dumbbell


def row_of(product: ProductMoney, url: str = "") -> Row:
    return Row(product.code, product.name, product.comparison, product.product_id, url)


def row_of_place(place: PlaceMoney, url: str = "") -> Row:
    return Row(place.code, place.name, place.comparison, url=url)


def row_of_sector(sector: PlaceMoney) -> Row:
    """People know it by its name: its code is only part of an address."""
    return Row("", sector.name, sector.comparison)


def row_of_program(program: Program) -> Row:
    """Its label begins with its code."""
    return Row("", program.label, program.comparison, url=f"?programa={program.id}")


def compared(rows: Iterable[Row]) -> list[Row]:
    """Those with both sides: alerts first, the widest gap first."""
    order = {balance: place for place, balance in enumerate(COMPARED)}
    found = [row for row in rows if row.comparison.balance in order]
    return sorted(
        found,
        key=lambda row: (min(order[row.comparison.balance], 2), -abs(row.comparison.gap or ZERO)),
    )


def drawn(rows: Sequence[Row]) -> tuple[Drawn, ...]:
    most = max((max(_sides(row)) for row in rows), default=Decimal(100))
    scale = min(most, Decimal(200))
    return tuple(
        Drawn(row, Dumbbell(*_sides(row), scale, row.comparison.balance.value)) for row in rows
    )


def _sides(row: Row) -> tuple[Decimal, Decimal]:
    return row.comparison.physical or ZERO, row.comparison.financial or ZERO


def quadrant(rows: Iterable[Row], policy: Policy) -> Quadrant:
    """Rows with both sides on one drawing."""
    every = list(rows)
    is_to_date = all(row.comparison.basis is Basis.TO_DATE for row in every)
    return Quadrant(
        marks=tuple(
            QuadrantPoint(
                row.code,
                row.name,
                *_sides(row),
                row.comparison.budget.current,
                row.comparison.balance.value,
            )
            for row in every
        ),
        gap=policy.physical_financial_gap,
        good=policy.at_risk,
        across=_("Financiero: devengado ÷ cuota programada a la fecha")
        if is_to_date
        else _("Financiero: devengado ÷ cuota a la fecha, o ÷ vigente si no hay cuota"),
        upwards=_("Físico: logrado ÷ programado a la fecha")
        if is_to_date
        else _("Físico: logrado ÷ programado"),
    )


def even_words(even: int, rows: Sequence[Row]) -> str:
    """The heading of the drawing: `11 de 17 productos van parejos`."""
    words = {"even": even, "total": len(rows)}
    if any(row.product_id for row in rows):
        return _("%(even)s de %(total)s productos van parejos") % words
    return _("%(even)s de %(total)s instituciones van parejas") % words


def sentence(rows: Iterable[Row]) -> str:
    """The heading: how much money is paid faster than it delivers."""
    every = list(rows)
    seen = [row for row in every if row.comparison.balance in COMPARED]
    if not seen:
        return sentence_of_silence(every)
    ahead = [row for row in seen if row.comparison.balance is Balance.MONEY_AHEAD]
    whole = money_of(seen)
    if ahead:
        return _("%(part)s de %(whole)s se pagan más rápido de lo que se logra") % {
            "part": format_money_short(money_of(ahead)),
            "whole": format_money_short(whole),
        }
    done = [row for row in seen if row.comparison.balance is Balance.PROGRESS_AHEAD]
    if done:
        return _("%(part)s de %(whole)s se logran antes de pagarse") % {
            "part": format_money_short(money_of(done)),
            "whole": format_money_short(whole),
        }
    return _("Lo que se paga y lo que se logra van parejos: %(whole)s") % {
        "whole": format_money_short(whole)
    }


def sentence_of_silence(rows: Sequence[Row]) -> str:
    """The heading when nothing has both sides."""
    silent = silent_rows(rows)
    if not silent:
        return _("Todavía no hay con qué comparar lo pagado y lo logrado")
    return _("%(paid)s pagados sin que nadie reporte lo logrado") % {
        "paid": format_money_short(paid_of(silent))
    }


@dataclass(frozen=True, slots=True)
class SilentSide:
    """What was due, nobody reported and took money: the dearest first, each with its sentence,
    and what was paid for them together."""

    rows: tuple[tuple[Row, str], ...]
    paid: Decimal


def silent_side(rows: Iterable[Row], shown: InstitutionMoney | CountryMoney) -> SilentSide | None:
    """None when nothing of that kind happened."""
    held = sorted(silent_rows(rows), key=lambda row: -row.comparison.budget.paid)
    told = tuple((row, explained(row, shown)) for row in held)
    return SilentSide(told, paid_of(held)) if held else None


def silent_rows(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if is_silent_spending(row.comparison)]


def paid_of(rows: Iterable[Row]) -> Decimal:
    return sum((row.comparison.budget.paid for row in rows), ZERO)


@dataclass(frozen=True, slots=True)
class SilentPlaces:
    """The institutions with products of that kind, the dearest first, and all together."""

    rows: tuple[PlaceMoney, ...]
    products: int
    paid: Decimal


def silent_places(shown: CountryMoney) -> SilentPlaces | None:
    held = sorted(
        (place for place in shown.institutions if place.silent), key=lambda one: -one.silent_paid
    )
    if not held:
        return None
    return SilentPlaces(
        tuple(held),
        sum(place.silent for place in held),
        sum((place.silent_paid for place in held), ZERO),
    )


def is_apart(row: Row) -> bool:
    """Neither on a side nor silent with money: one of the two sides is missing."""
    return row.comparison.balance not in COMPARED and not is_silent_spending(row.comparison)


def money_of(rows: Iterable[Row]) -> Decimal:
    return sum((row.comparison.budget.current for row in rows), ZERO)


@dataclass(frozen=True, slots=True)
class Side:
    """The rows of one side, with what each of them says and their money together."""

    balance: str
    sign: SideMark
    rows: tuple[tuple[Row, str], ...]
    money: Decimal

    @property
    def counted(self) -> str:
        """`3 productos, L 61.5 millones`."""
        n = len(self.rows)
        is_places = any(not row.product_id for row, _said in self.rows)
        words = (
            ngettext("%(n)s institución, %(money)s", "%(n)s instituciones, %(money)s", n)
            if is_places
            else ngettext("%(n)s producto, %(money)s", "%(n)s productos, %(money)s", n)
        )
        return words % {"n": n, "money": format_money_short(self.money)} if n else ""


def side(
    rows: Iterable[Row],
    balance: Balance,
    shown: InstitutionMoney | CountryMoney,
    causes: Mapping[int, str] = NO_CAUSES,
) -> Side:
    """Alerts of one kind, the widest gap first, each with the cause its institution told (by
    product) or, without one, with the sentence of the rule."""
    held = [row for row in compared(rows) if row.comparison.balance is balance]
    told = tuple((row, causes.get(row.product_id) or explained(row, shown)) for row in held)
    return Side(balance.value, SideMark(balance.value), told, money_of(held))


def explained(row: Row, shown: InstitutionMoney | CountryMoney) -> str:
    period, seen = shown.quarter.period, row.comparison
    fired = gap_alert(row.code, period, seen, shown.policy) or silence_alert(row.code, period, seen)
    return "" if fired is None else fired.explanation.sentence()
