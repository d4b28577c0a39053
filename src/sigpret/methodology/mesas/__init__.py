"""The rules of the mesas sectoriales: one file per family, each quoting its guideline."""
