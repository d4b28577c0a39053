"""Writes of the reference data."""

from sigpret.apps.reference.actions.catalogues import Loaded, bring_up_to_date, load_codes

__all__ = ["Loaded", "bring_up_to_date", "load_codes"]
