"""The invented texts and measures, read from the CSV files beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from sigpret.demonstration.catalogue import rows_of

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Profile:
    """A way of measuring: how it adds up, where it should go, how its targets look.

    `shape` is total (a quantity per year), rising, falling or steady (a level).
    """

    name: str
    accumulation: str
    across_years: str
    sense: str
    decimals: int
    shape: str
    chain_position: str
    tolerance: float | None


@lru_cache
def profiles() -> Mapping[str, Profile]:
    return {
        row["profile"]: Profile(
            name=row["profile"],
            accumulation=row["accumulation"],
            across_years=row["across_years"],
            sense=row["sense"],
            decimals=int(row["decimals"]),
            shape=row["shape"],
            chain_position=row["chain_position"],
            tolerance=float(row["tolerance"]) if row["tolerance"] else None,
        )
        for row in read("profiles")
    }


@lru_cache
def read(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `texts/<name>.csv`."""
    return rows_of(FOLDER / f"{name}.csv")


@lru_cache
def column(name: str, key: str, value: str, column: str) -> tuple[str, ...]:
    """One column of a file, of the rows where `key` is `value`."""
    return tuple(row[column] for row in read(name) if row[key] == value)


def slug_of(text: str) -> str:
    """`Matrícula en prebásica (…)` -> `matricula-en-prebasica`: what the address shows."""
    plain = normalize("NFKD", text.partition("(")[0]).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
