"""The files of a country's structure, as rows; what was invented for the demonstration aside."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

#: How the source of a row says that the demonstration made it up.
INVENTED = "para la demostración"

Rows = tuple[Mapping[str, str], ...]


class CatalogueError(Exception):
    """A file is missing or lacks a column; its text says which."""


@dataclass(frozen=True, slots=True)
class CatalogueFiles:
    """One field per CSV file of the folder; every row keeps the words of the file."""

    axes: Rows
    blocks: Rows
    sectors: Rows
    sector_blocks: Rows
    institutions: Rows
    institution_sectors: Rows
    units_of_measure: Rows
    periodicities: Rows
    target_populations: Rows
    frameworks: Rows
    framework_objectives: Rows
    disaggregations: Rows
    disaggregation_categories: Rows
    cross_cutting_themes: Rows
    holidays: Rows
    expense_objects: Rows
    funding_sources: Rows
    financing_bodies: Rows


def read_catalogues(folder: Path) -> CatalogueFiles:
    """Read a folder of facts. Raises CatalogueError."""
    return CatalogueFiles(
        **{field.name: real_rows(folder / f"{field.name}.csv") for field in fields(CatalogueFiles)}
    )


def real_rows(path: Path) -> Rows:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise CatalogueError(f"No se pudo leer {path}: {problem}") from None
    if any("source" not in row or None in row or None in row.values() for row in rows):
        raise CatalogueError(f"A {path} le falta una columna, o una fila no tiene todas.")
    return tuple(row for row in rows if INVENTED not in row["source"])
