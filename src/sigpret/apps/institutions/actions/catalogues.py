"""Loading the country's catalogues, as often as its files change."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.text import slugify

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.catalogues import CatalogueError, CatalogueFiles
from sigpret.apps.institutions.models import (
    AxisBlock,
    CrossCuttingTheme,
    Institution,
    Sector,
    SectorBlock,
    StrategicAxis,
)
from sigpret.apps.institutions.permissions import check_can_administer
from sigpret.apps.institutions.queries import Access
from sigpret.apps.reference.actions import (
    Loaded,
    bring_up_to_date,
    load_budget_codes,
    load_codes,
    load_frameworks,
    load_holidays,
    load_parts,
)

CATALOGUES_LOADED = "institutions.catalogues_loaded"


@transaction.atomic
def load_catalogues(
    *, actor: User | None, access: Access, files: CatalogueFiles
) -> dict[str, Loaded]:
    """Make the stored catalogues say what the files say; what was added and changed, by name.

    Rows are known by their code and never deleted; addresses never change. Loading the same
    files again does nothing and leaves no event. Raises PermissionDenied, CatalogueError.
    """
    check_can_administer(actor, access)
    try:
        loaded = {
            "structure": load_structure(files),
            "institutions": load_institutions(files),
            "codes": load_codes(
                units_of_measure=files.units_of_measure,
                periodicities=files.periodicities,
                target_populations=files.target_populations,
            ),
            "frameworks": load_frameworks(
                frameworks=files.frameworks, objectives=files.framework_objectives
            ),
            "parts": load_parts(
                disaggregations=files.disaggregations, categories=files.disaggregation_categories
            ),
            "themes": load_themes(files.cross_cutting_themes),
            "holidays": load_holidays(files.holidays),
            "budget": load_budget_codes(
                expense_objects=files.expense_objects,
                funding_sources=files.funding_sources,
                financing_bodies=files.financing_bodies,
            ),
        }
    except (KeyError, TypeError, ValueError) as problem:
        raise CatalogueError(f"Los catálogos no concuerdan entre sí: {problem}.") from None
    if any(loaded.values()):
        record(
            actor=actor,
            action=CATALOGUES_LOADED,
            subject_type="catalogues",
            subject_id="hn",
            payload={
                name: {"added": count.added, "changed": count.changed}
                for name, count in loaded.items()
            },
        )
    return loaded


def load_structure(files: CatalogueFiles) -> Loaded:
    """Axes, their blocks, sectors, and which sector stands in which block."""
    axes = bring_up_to_date(
        [StrategicAxis(code=row["code"], name=row["name"]) for row in files.axes], ["name"]
    )
    axis_ids = dict(StrategicAxis.objects.values_list("code", "id"))
    blocks = bring_up_to_date(
        [
            AxisBlock(code=row["code"], name=row["name"], axis_id=axis_ids[row["axis"]])
            for row in files.blocks
        ],
        ["name", "axis_id"],
    )
    sectors = bring_up_to_date(
        [
            Sector(code=row["code"], name=row["name"], slug=slugify(row["name"])[:100])
            for row in files.sectors
        ],
        ["name"],
    )
    return axes + blocks + sectors + place_sectors(files.sector_blocks)


def place_sectors(rows: Iterable[Mapping[str, str]]) -> Loaded:
    sectors = dict(Sector.objects.values_list("code", "id"))
    blocks = dict(AxisBlock.objects.values_list("code", "id"))
    wanted = {(sectors[row["sector"]], blocks[row["block"]]) for row in rows}
    missing = wanted - set(SectorBlock.objects.values_list("sector_id", "block_id"))
    SectorBlock.objects.bulk_create(
        SectorBlock(sector_id=sector, block_id=block) for sector, block in sorted(missing)
    )
    return Loaded(added=len(missing))


def load_institutions(files: CatalogueFiles) -> Loaded:
    """The institutions, and the sectors the files assign to them."""
    count = bring_up_to_date(
        [
            Institution(
                code=row["code"],
                name=row["name"],
                acronym=row["acronym"],
                slug=slugify(row["name"])[:120],
                source=f"{row['source']}. Código: {row['code_source']}",
            )
            for row in files.institutions
        ],
        ["name", "acronym", "source"],
    )
    institutions = dict(Institution.objects.values_list("code", "id"))
    sectors = dict(Sector.objects.values_list("code", "id"))
    wanted = {
        (institutions[row["institution"]], sectors[row["sector"]])
        for row in files.institution_sectors
    }
    through = Institution.sectors.through
    missing = wanted - set(through.objects.values_list("institution_id", "sector_id"))
    through.objects.bulk_create(
        through(institution_id=institution, sector_id=sector)
        for institution, sector in sorted(missing)
    )
    return count + Loaded(added=len(missing))


@transaction.atomic
def load_themes(rows: Iterable[Mapping[str, str]]) -> Loaded:
    """What every sector treats, with the institution that leads it when the files say which."""
    institutions = dict(Institution.objects.values_list("code", "id"))
    return bring_up_to_date(
        [
            CrossCuttingTheme(
                code=row["code"],
                name=row["name"],
                is_permanent=row["is_permanent"] == "sí",
                lead_id=institutions[row["lead"]] if row["lead"] else None,
                source=row["source"],
            )
            for row in rows
        ],
        ["name", "is_permanent", "lead_id", "source"],
    )
