"""Writes of the reference data."""

from sigpret.apps.reference.actions.budget_codes import load_budget_codes
from sigpret.apps.reference.actions.catalogues import (
    Loaded,
    bring_up_to_date,
    load_codes,
    load_frameworks,
    load_parts,
)
from sigpret.apps.reference.actions.holidays import load_holidays

__all__ = [
    "Loaded",
    "bring_up_to_date",
    "load_budget_codes",
    "load_codes",
    "load_frameworks",
    "load_holidays",
    "load_parts",
]
