"""Calendar periods and their SDMX codes: `2026`, `2026-S1`, `2026-T1`, `2026-Q1`, `2026-B1`,
`2026-M01`."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Self

CODE = re.compile(
    r"(?!0000)([0-9]{4})(?:-(?:(S)([12])|(T)([123])|(Q)([1-4])|(B)([1-6])|(M)(0[1-9]|1[0-2])))?"
)
ROMAN = ("I", "II", "III", "IV", "V", "VI")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


class PeriodError(ValueError):
    """What was written is not a period of the calendar."""


class PeriodKind(StrEnum):
    """The lengths a period can have; the value is the letter of its code."""

    YEAR = "A"
    SEMESTER = "S"
    FOUR_MONTH = "T"
    QUARTER = "Q"
    BIMONTH = "B"
    MONTH = "M"

    @property
    def months(self) -> int:
        return MONTHS_OF[self]


MONTHS_OF = {
    PeriodKind.YEAR: 12,
    PeriodKind.SEMESTER: 6,
    PeriodKind.FOUR_MONTH: 4,
    PeriodKind.QUARTER: 3,
    PeriodKind.BIMONTH: 2,
    PeriodKind.MONTH: 1,
}
KIND_OF = {months: kind for kind, months in MONTHS_OF.items()}
NAMES = {
    PeriodKind.SEMESTER: "semestre",
    PeriodKind.FOUR_MONTH: "cuatrimestre",
    PeriodKind.QUARTER: "trimestre",
    PeriodKind.BIMONTH: "bimestre",
}


class Period(NamedTuple):
    """A run of whole months inside one year, as two counts of months since year 0.

    A tuple with `last` first: periods sort by their end and then by their start, and hash
    as fast as tuples do. Make one with `parse`, `of`, `quarter` or `of_year`.
    """

    last: int
    first: int

    @classmethod
    def of(cls, year: int, kind: PeriodKind, number: int) -> Self:
        """The `number`-th period of a kind in a year, counted from 1. Raises PeriodError."""
        months = MONTHS_OF[kind]
        if not (1 <= year <= 9999 and 1 <= number <= 12 // months):
            raise PeriodError(f"No existe el período {kind}{number} de {year}.")
        first = year * 12 + (number - 1) * months
        return cls(first + months - 1, first)

    @classmethod
    def of_year(cls, year: int) -> Self:
        return cls.of(year, PeriodKind.YEAR, 1)

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        return cls.of(year, PeriodKind.QUARTER, number)

    @classmethod
    def quarter_on(cls, day: date) -> Self:
        """The quarter a day belongs to."""
        return cls.quarter(day.year, (day.month + 2) // 3)

    @staticmethod
    def parse(code: str) -> "Period":
        """The period of an SDMX code, exactly as `code` prints it. Raises PeriodError."""
        return period_of_code(code)

    @property
    def year(self) -> int:
        return self.last // 12

    @property
    def kind(self) -> PeriodKind:
        return KIND_OF[self.last - self.first + 1]

    @property
    def number(self) -> int:
        """Place among the periods of its kind in the year, from 1."""
        return self.first % 12 // (self.last - self.first + 1) + 1

    @property
    def code(self) -> str:
        return code_of_period(self)

    @property
    def label(self) -> str:
        """As a person reads it: `III trimestre de 2026`, `enero de 2026`, `ejercicio 2026`."""
        if self.kind is PeriodKind.YEAR:
            return f"ejercicio {self.year}"
        if self.kind is PeriodKind.MONTH:
            return f"{MONTHS[self.number - 1]} de {self.year}"
        return f"{ROMAN[self.number - 1]} {NAMES[self.kind]} de {self.year}"

    @property
    def start(self) -> date:
        return date(self.year, self.first % 12 + 1, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        month = self.last % 12 + 1
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def year_period(self) -> "Period":
        return Period.of_year(self.year)

    def next(self) -> "Period":
        """The following period of the same kind."""
        return self._moved(self.last - self.first + 1)

    def previous(self) -> "Period":
        """The preceding period of the same kind."""
        return self._moved(self.first - self.last - 1)

    def _moved(self, months: int) -> "Period":
        if not 12 <= self.first + months < 120_000:
            raise PeriodError(f"No hay período después ni antes de {self.code}.")
        return Period(self.last + months, self.first + months)

    def contains(self, other: "Period") -> bool:
        """Whether every month of the other is one of this period's."""
        return self.first <= other.first and other.last <= self.last

    def quarters(self) -> "tuple[Period, ...]":
        """The whole quarters inside the period, in order: none inside a month."""
        return quarters_inside(self)

    def __str__(self) -> str:
        return self.code


@lru_cache(maxsize=4096)
def period_of_code(code: str) -> Period:
    """See `Period.parse`: cached, because a country repeats a few dozen codes all day."""
    match = CODE.fullmatch(code)
    if match is None:
        raise PeriodError(f"«{code}» no es un período: escriba 2026, 2026-S1, 2026-Q1 o 2026-M01.")
    year, *rest = filter(None, match.groups())
    if not rest:
        return Period.of_year(int(year))
    letter, number = rest
    return Period.of(int(year), PeriodKind(letter), int(number))


@lru_cache(maxsize=4096)
def quarters_inside(period: Period) -> tuple[Period, ...]:
    """See `Period.quarters`: cached for the same reason."""
    quarters = (Period.quarter(period.year, number) for number in (1, 2, 3, 4))
    return tuple(quarter for quarter in quarters if period.contains(quarter))


@lru_cache(maxsize=4096)
def code_of_period(period: Period) -> str:
    kind = period.kind
    if kind is PeriodKind.YEAR:
        return f"{period.year:04d}"
    width = 2 if kind is PeriodKind.MONTH else 1
    return f"{period.year:04d}-{kind}{period.number:0{width}d}"
