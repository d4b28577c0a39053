"""The facts the country stands on, read from `catalogues/`: every row says where it comes from."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

#: Files that are kept as they are written.
PLAIN_LISTS = (
    "frameworks", "framework_objectives", "disaggregations", "disaggregation_categories",
    "cross_cutting_themes", "holidays",
    "expense_objects", "funding_sources", "financing_bodies",
)  # fmt: skip
INVENTED = "institución inventada para la demostración"


@dataclass(frozen=True, slots=True)
class InstitutionFact:
    """An institution and its sectors, the main one first."""

    code: str
    acronym: str
    name: str
    source: str
    is_fictitious: bool
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The CSV files of a country's folder; simple lists stay as they are written."""

    axes: tuple[Mapping[str, str], ...]
    blocks: tuple[Mapping[str, str], ...]
    sectors: Mapping[str, str]
    sector_blocks: Mapping[str, frozenset[str]]
    institutions: tuple[InstitutionFact, ...]
    units_of_measure: tuple[Mapping[str, str], ...]
    periodicities: tuple[Mapping[str, str], ...]
    target_populations: tuple[Mapping[str, str], ...]
    departments: tuple[str, ...]
    frameworks: tuple[Mapping[str, str], ...] = ()
    framework_objectives: tuple[Mapping[str, str], ...] = ()
    disaggregations: tuple[Mapping[str, str], ...] = ()
    disaggregation_categories: tuple[Mapping[str, str], ...] = ()
    cross_cutting_themes: tuple[Mapping[str, str], ...] = ()
    holidays: tuple[Mapping[str, str], ...] = ()
    expense_objects: tuple[Mapping[str, str], ...] = ()
    funding_sources: tuple[Mapping[str, str], ...] = ()
    financing_bodies: tuple[Mapping[str, str], ...] = ()

    def share_a_block(self, sector: str, other: str) -> bool:
        """May a goal of one sector serve a goal of the other? The matrix stays inside a block."""
        return not self.sector_blocks[sector].isdisjoint(self.sector_blocks[other])


def read_catalogue(folder: Path) -> Catalogue:
    """Read a country's folder of facts."""
    blocks: dict[str, set[str]] = {}
    for row in rows_of(folder / "sector_blocks.csv"):
        blocks.setdefault(row["sector"], set()).add(row["block"])
    return Catalogue(
        axes=rows_of(folder / "axes.csv"),
        blocks=rows_of(folder / "blocks.csv"),
        sectors={row["code"]: row["name"] for row in rows_of(folder / "sectors.csv")},
        sector_blocks={sector: frozenset(held) for sector, held in blocks.items()},
        institutions=read_institutions(folder),
        units_of_measure=rows_of(folder / "units_of_measure.csv"),
        periodicities=rows_of(folder / "periodicities.csv"),
        target_populations=rows_of(folder / "target_populations.csv"),
        departments=tuple(row["name"] for row in rows_of(folder / "departments.csv")),
        **{name: rows_of(folder / f"{name}.csv") for name in PLAIN_LISTS},
    )


def read_institutions(folder: Path) -> tuple[InstitutionFact, ...]:
    sectors: dict[str, list[str]] = {}
    for row in rows_of(folder / "institution_sectors.csv"):
        sectors.setdefault(row["institution"], []).append(row["sector"])
    return tuple(
        InstitutionFact(
            code=row["code"],
            acronym=row["acronym"],
            name=row["name"],
            source=f"{row['source']}. Código: {row['code_source']}",
            is_fictitious=row["is_fictitious"] == "sí",
            sectors=tuple(sectors[row["code"]]),
        )
        for row in rows_of(folder / "institutions.csv")
    )


def enlarged(catalogue: Catalogue, scale: int, rng: Random) -> tuple[InstitutionFact, ...]:
    """The institutions, and with a scale above 1 so many invented ones that they are `scale` x."""
    known = catalogue.institutions
    sectors = sorted(catalogue.sectors)
    invented = sum(fact.is_fictitious for fact in known)
    more = tuple(
        replace(
            known[-1],
            code=f"FIC{invented + number:02}",
            acronym="",
            name=f"Institución inventada {invented + number}",
            source=INVENTED,
            sectors=tuple(rng.sample(sectors, rng.randint(1, 2))),
        )
        for number in range(1, len(known) * (scale - 1) + 1)
    )
    return known + more


def rows_of(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
