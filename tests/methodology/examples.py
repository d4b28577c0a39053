"""Measures and numbers as short as the tests that use them need."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import settings

from sigpret.methodology.measure import Accumulation, Measure, Sense
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import load_policies
from sigpret.methodology.values import plain

ROOT = Path(__file__).resolve().parents[2]
BOOK = load_policies(ROOT / "policies" / "hn.toml")
POLICY = BOOK.versions[-1]
MISSING = "—"
quick = settings(max_examples=25, deadline=None, derandomize=True, database=None)


def decimal(cell: str) -> Decimal | None:
    """A number as a table writes it; a dash is a missing one."""
    return None if cell == MISSING else Decimal(cell.replace(",", ""))


def reads(value: Decimal | None, cell: str) -> bool:
    """Whether an exact value is the one a table writes; `83.33…` gives its first digits."""
    if cell.endswith("…") and value is not None:
        return plain(value).startswith(cell[:-1])
    return value == decimal(cell)


def series(text: str) -> dict[Period, Decimal | None]:
    """`2026-Q1: 10; 2026-Q2: —` as a series."""
    if text == MISSING:
        return {}
    pairs = (pair.split(":") for pair in text.split(";"))
    return {Period.parse(code.strip()): decimal(cell.strip()) for code, cell in pairs}


def quarterly(cells: str, year: int = 2026) -> dict[Period, Decimal | None]:
    """`10 20 —` as the first quarters of a year."""
    return {
        Period.quarter(year, number): decimal(cell)
        for number, cell in enumerate(cells.split(), start=1)
    }


def known(values: Mapping[Period, Decimal | None]) -> dict[Period, Decimal]:
    """A series without its missing values."""
    return {period: value for period, value in values.items() if value is not None}


def measure(targets: str, executed: str, **changes: Any) -> Measure:
    """A product counted by quarters of 2026 (`10 20 —`), unless a series or a change says else."""
    written: dict[str, Any] = {
        "id": "X",
        "accumulation": Accumulation.SUM,
        "kind": None,
        "sense": Sense.ASCENDING,
        "baseline": None,
        "tolerance": None,
        "targets": known(_series(targets)),
        "executed": _series(executed),
    }
    return Measure(**(written | changes))


def _series(text: str) -> dict[Period, Decimal | None]:
    return series(text) if ":" in text else quarterly(text)
