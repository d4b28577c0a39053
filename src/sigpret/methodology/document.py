"""Measures written as JSON, read strictly: nothing is guessed, every refusal says where.

`compute_input.schema.json` describes the document. Numbers are JSON numbers or decimal strings.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

from sigpret.methodology.measure import Accumulation, AcrossYears, Measure, Sense
from sigpret.methodology.periods import Period, PeriodError

FIELDS = (
    "id", "accumulation", "kind", "sense", "baseline", "tolerance", "targets", "executed", "as_of",
)  # fmt: skip
REQUIRED = ("id", "targets", "executed", "as_of")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
DIGITS = 28

ACCUMULATIONS = {
    "suma": Accumulation.SUM,
    "ultimo": Accumulation.LAST,
    "ultimo_valor": Accumulation.LAST,
    "promedio": Accumulation.AVERAGE,
    "mean": Accumulation.AVERAGE,
    "maximo": Accumulation.MAXIMUM,
    "max": Accumulation.MAXIMUM,
}
KINDS = {
    "cumulative": AcrossYears.CUMULATIVE,
    "flow": AcrossYears.FLOW,
    "capacity": AcrossYears.CAPACITY,
    "reduction": AcrossYears.REDUCTION,
    "annual_reduction": AcrossYears.ANNUAL_REDUCTION,
}
SENSES = {
    "ascendente": Sense.ASCENDING,
    "descendente": Sense.DESCENDING,
    "mantener": Sense.MAINTAIN,
    "mantenimiento": Sense.MAINTAIN,
}
Word = TypeVar("Word", bound=StrEnum)


class DocumentError(ValueError):
    """The document cannot be read; the message names the item and the field, in Spanish."""


class Fields(dict[str, object]):
    """A JSON object that remembers the first name written twice in it, if any."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__()
        self.repeated: str | None = None
        for name, value in pairs:
            if name in self and self.repeated is None:
                self.repeated = name
            self[name] = value


def parse(text: str) -> object:
    """JSON without repeated names and without NaN or Infinity. Raises DocumentError."""
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=str,
            object_pairs_hook=Fields,
        )
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"El archivo no es JSON: línea {error.lineno}, columna {error.colno}."
        ) from error
    except RecursionError as error:
        raise DocumentError(
            "El archivo no es JSON de indicadores: está demasiado anidado."
        ) from error


def measure_from(item: object, place: int) -> tuple[Measure, Period]:
    """The measure and the period of one item of the document; `place` counts from 1."""
    if not isinstance(item, Fields):
        raise DocumentError(f"Indicador {place}: debe ser un objeto con sus campos.")
    name = item.get("id")
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise DocumentError(f"Indicador {place}, campo id: falta o no es un texto legible.")
    reader = Item(name, item)
    reader.check_fields()
    kind = reader.word("kind", AcrossYears, KINDS)
    measure = Measure(
        id=name,
        accumulation=reader.word("accumulation", Accumulation, ACCUMULATIONS) or Accumulation.SUM,
        kind=kind,
        sense=reader.word("sense", Sense, SENSES) or Sense.ASCENDING,
        baseline=reader.number("baseline"),
        tolerance=reader.tolerance(),
        targets=reader.targets(),
        executed=reader.series("executed"),
    )
    return measure, reader.period("as_of")


class Item:
    """One item of the document, read field by field; every refusal names both."""

    def __init__(self, name: str, fields: Fields) -> None:
        self.name, self.fields = name, fields

    def refuse(self, field: str, reason: str) -> NoReturn:
        raise DocumentError(f"Indicador «{self.name}», campo {field}: {reason}.")

    def check_fields(self) -> None:
        if self.fields.repeated is not None:
            self.refuse(self.fields.repeated, "está repetido")
        for field in self.fields:
            if field not in FIELDS:
                self.refuse(field, "no se conoce")
        for field in REQUIRED:
            if self.fields.get(field) is None:
                self.refuse(field, "falta")

    def word(self, field: str, words: type[Word], aliases: Mapping[str, Word]) -> Word | None:
        written = self.fields.get(field)
        if written is None:
            return None
        known = {word.value: word for word in words} | dict(aliases)
        found = known.get(_folded(written)) if isinstance(written, str) else None
        if found is None:
            self.refuse(field, f"debe ser {', '.join(word.value for word in words)}")
        return found

    def number(self, field: str) -> Decimal | None:
        return self._decimal(field, self.fields.get(field))

    def tolerance(self) -> Decimal | None:
        tolerance = self.number("tolerance")
        if tolerance is not None and tolerance < 0:
            self.refuse("tolerance", "no puede ser negativa")
        return tolerance

    def period(self, field: str) -> Period:
        return self._period(field, self.fields[field])

    def series(self, field: str) -> dict[Period, Decimal | None]:
        series = self.fields[field]
        if not isinstance(series, Fields):
            self.refuse(field, "debe ser un objeto de período a valor")
        if series.repeated is not None:
            self.refuse(field, f"el período {series.repeated} está repetido")
        return {
            self._period(field, code): self._decimal(f"{field}, {code}", value)
            for code, value in series.items()
        }

    def targets(self) -> dict[Period, Decimal]:
        targets = {}
        for period, value in self.series("targets").items():
            if value is None:
                self.refuse(f"targets, {period.code}", "una meta debe tener un número")
            targets[period] = value
        return targets

    def _period(self, field: str, code: object) -> Period:
        try:
            return Period.parse(code if isinstance(code, str) else "")
        except PeriodError:
            self.refuse(field, f"{_shown(code)} no es un período como 2026, 2026-S1 o 2026-Q1")

    def _decimal(self, field: str, value: object) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, str) and NUMBER.fullmatch(value):
            value = Decimal(value)
        if not isinstance(value, Decimal) or not value.is_finite():
            self.refuse(field, f"{_shown(value)} no es un número")
        if len(value.as_tuple().digits) > DIGITS or (value and abs(value.adjusted()) > DIGITS):
            self.refuse(field, f"pasa de {DIGITS} dígitos")
        return value


def _folded(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s-]+", "_", bare.strip()).casefold()


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, str | Decimal) else json.dumps(value, default=str)
    return f"«{text if len(text) <= 40 else text[:40] + '…'}»"
