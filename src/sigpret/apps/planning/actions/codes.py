"""Adding to the catalogue the codes that a person accepted from a report."""

from __future__ import annotations

from sigpret.apps.planning.catalogue import KnownCodes, NewCodes, per_year_of
from sigpret.apps.planning.programming import plain_code
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure


def catalogue_with(known: KnownCodes, missing: NewCodes, *, source: str) -> KnownCodes:
    """The catalogue after creating what is missing, each row saying which report it came from."""
    units = UnitOfMeasure.objects.bulk_create(
        UnitOfMeasure(code=row.code, name=row.name, source=source) for row in missing.units
    )
    periodicities = Periodicity.objects.bulk_create(
        Periodicity(code=row.code, name=row.name, per_year=per_year, source=source)
        for row in missing.periodicities
        if (per_year := per_year_of(row.name)) is not None
    )
    populations = TargetPopulation.objects.bulk_create(
        TargetPopulation(code=row.code, name=row.name, source=source) for row in missing.populations
    )
    return KnownCodes(
        known.units | {plain_code(row.code): row for row in units},
        known.periodicities | {plain_code(row.code): row for row in periodicities},
        known.populations | {plain_code(row.code): row for row in populations},
    )
