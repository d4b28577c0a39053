"""The codes a country knows, handed to the checks by whoever keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Code -> name for each list, codes without zero padding; None means "do not check"."""

    units_of_measure: Mapping[str, str] | None = None
    periodicities: Mapping[str, str] | None = None
    target_populations: Mapping[str, str] | None = None
    institutions: Mapping[str, str] | None = None
