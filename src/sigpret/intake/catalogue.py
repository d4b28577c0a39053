"""The codes a country knows, handed to the checks by whoever keeps them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Code -> name for each list, codes without zero padding; None means "do not check"."""

    units_of_measure: Mapping[str, str] | None = None
    periodicities: Mapping[str, str] | None = None
    target_populations: Mapping[str, str] | None = None
    institutions: Mapping[str, str] | None = None

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """The lists a report prints, from CSV files of `code` and `name`; absent ones are None."""
        return cls(
            units_of_measure=_read(folder / "units_of_measure.csv"),
            periodicities=_read(folder / "periodicities.csv"),
            target_populations=_read(folder / "target_populations.csv"),
        )


def _read(path: Path) -> dict[str, str] | None:
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"].lstrip("0") or "0": row["name"] for row in csv.DictReader(stream)}
