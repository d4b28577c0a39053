"""Reads of the mesas."""

from sigpret.apps.mesas.queries.standing import Standing, standing_in

__all__ = ["Standing", "standing_in"]
