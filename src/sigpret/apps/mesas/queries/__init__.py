"""Reads of the mesas."""

from sigpret.apps.mesas.models import Mesa
from sigpret.apps.mesas.queries.mesas import member_institutions, mesa_by_slug, with_overdue
from sigpret.apps.mesas.queries.standing import Standing, standing_in

__all__ = ["Mesa", "Standing", "member_institutions", "mesa_by_slug", "standing_in", "with_overdue"]
