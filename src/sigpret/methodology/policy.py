"""The dated parameters of the methodology, each with its source; read from policies/*.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from sigpret.methodology.calendar import DayKind


class PolicyError(ValueError):
    """The policy file says something this methodology does not understand, or nothing at all."""


class FlowWholePeriod(StrEnum):
    """How the years of a flow indicator become one figure."""

    LAST = "last"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the rules of the country. Percentages are 0-100.

    `minutes_reminders` are days after a session; `quorum_share` is of the institutions of a mesa.
    `sources` says where each parameter comes from: the norm, the published practice, or the
    decision still to be confirmed.
    """

    version: str
    valid_from: date
    on_track: Decimal
    at_risk: Decimal
    exceeded: Decimal
    band_medium: Decimal
    band_high: Decimal
    cap: Decimal
    missing_counts_as_zero: bool
    excused_counts_as_zero: bool
    flow_whole_period: FlowWholePeriod
    explanation_low: Decimal
    explanation_high: Decimal
    closing_days: int
    closing_day_kind: DayKind
    evidence_required: bool
    chain_gap: Decimal
    execution_ceiling: Decimal
    physical_financial_gap: Decimal
    anomaly_spread: Decimal
    anomaly_points: int
    control_points: int
    jump_ratio: Decimal
    repeated_periods: int
    exact_periods: int
    last_minute_hours: Decimal
    sample_share: Decimal
    peer_spread: Decimal
    weight_tolerance: Decimal
    convocation_days: int
    convocation_day_kind: DayKind
    minutes_days: int
    minutes_day_kind: DayKind
    minutes_reminders: tuple[int, ...]
    silence_days: int
    silence_day_kind: DayKind
    silence_is_consent: bool
    delegates_limit: int
    quorum_share: Decimal
    work_plan_days: int
    political_days: int
    political_day_kind: DayKind
    due_soon_days: int
    reminder_each_days: int
    steady_points: Decimal
    sources: Mapping[str, str]

    @property
    def bands(self) -> tuple[Decimal, Decimal]:
        """Up to the first the band is low, up to the second medium, above it high."""
        return self.band_medium, self.band_high

    @property
    def explanation_range(self) -> tuple[Decimal, Decimal]:
        """An achievement outside these two asks for a cause."""
        return self.explanation_low, self.explanation_high


PARAMETERS = {
    field.name: field.type
    for field in fields(Policy)
    if field.name not in {"version", "valid_from", "sources"}
}


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """Every version of the rules, oldest first."""

    versions: tuple[Policy, ...]

    def on(self, day: date) -> Policy:
        """The version in force on a day; the first one also judges whatever came before it."""
        in_force = [version for version in self.versions if version.valid_from <= day]
        return in_force[-1] if in_force else self.versions[0]

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """The book written in a policy file. Raises PolicyError naming what is wrong."""
        try:
            document = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            raise PolicyError(f"El archivo no es TOML: {error}") from error
        _refuse_unknown("el archivo", document, {"version"})
        tables = document.get("version", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise PolicyError("Las versiones se escriben como tablas [[version]].")
        if not tables:
            raise PolicyError("Falta al menos una tabla [[version]].")
        versions = tuple(sorted(map(_policy, tables), key=lambda policy: policy.valid_from))
        if len({policy.valid_from for policy in versions}) < len(versions):
            raise PolicyError("Dos versiones rigen desde el mismo día.")
        return cls(versions)


def load_policies(path: Path) -> PolicyBook:
    """The book of a country, from its file. Raises PolicyError, OSError."""
    try:
        return PolicyBook.from_toml(path.read_text(encoding="utf-8"))
    except PolicyError as error:
        raise PolicyError(f"{path.name}: {error}") from error


def _policy(table: dict[str, Any]) -> Policy:
    name = table.get("name")
    if not isinstance(name, str) or not name:
        raise PolicyError("Una versión no tiene nombre: falta name.")
    where = f"la versión {name}"
    _refuse_unknown(where, table, {"name", "valid_from", *PARAMETERS})
    valid_from = table.get("valid_from")
    if type(valid_from) is not date:
        raise PolicyError(f"En {where}, valid_from debe ser una fecha sin comillas.")
    values, sources = {}, {}
    for parameter, kind in PARAMETERS.items():
        value, sources[parameter] = _value_and_source(where, parameter, table.get(parameter))
        values[parameter] = _typed(where, parameter, value, kind)
    return Policy(version=name, valid_from=valid_from, sources=sources, **values)


def _value_and_source(where: str, parameter: str, entry: object) -> tuple[object, str]:
    if not isinstance(entry, dict) or "value" not in entry:
        raise PolicyError(f"En {where} falta {parameter} = {{ value = …, source = … }}.")
    _refuse_unknown(f"{parameter} de {where}", entry, {"value", "source"})
    source = entry.get("source")
    if not isinstance(source, str) or not source.strip():
        raise PolicyError(f"En {where}, {parameter} no dice su fuente (source).")
    return entry["value"], source


def _typed(where: str, parameter: str, value: object, kind: object) -> Any:
    try:
        if kind is Decimal:
            return _decimal(value)
        if kind is FlowWholePeriod or kind is DayKind:
            return kind(str(value))
        if kind == tuple[int, ...]:
            return _whole_numbers(value)
        if type(value) is kind:
            return value
    except (ValueError, InvalidOperation):
        pass
    raise PolicyError(f"En {where}, {parameter} no admite el valor {value!r}.")


def _whole_numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(number) is not int for number in value):
        raise ValueError(value)
    return tuple(sorted(value))


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(value)
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return number


def _refuse_unknown(where: str, table: Mapping[str, object], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise PolicyError(f"En {where} no se conoce {', '.join(unknown)}.")
