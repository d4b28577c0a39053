"""Catalogues everybody shares: units of measure, periodicities, target populations."""
