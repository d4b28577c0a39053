"""Catalogues, institutions and people."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.actions.catalogues import load_themes
from sigpret.apps.institutions.models import (
    AxisBlock,
    Institution,
    Membership,
    Sector,
    SectorBlock,
    StrategicAxis,
)
from sigpret.apps.reference.actions import (
    load_budget_codes,
    load_frameworks,
    load_holidays,
    load_parts,
)
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.demonstration.catalogue import Catalogue
from sigpret.demonstration.people import CAST
from sigpret.demonstration.rows import Country
from sigpret.demonstration.texts import slug_of

MEMBERS_SINCE = date(2024, 1, 1)


@transaction.atomic
def store_catalogues(catalogue: Catalogue) -> None:
    """Axes, blocks, sectors and the codes a plan is written with."""
    axes = {
        row["code"]: StrategicAxis(code=row["code"], name=row["name"]) for row in catalogue.axes
    }
    StrategicAxis.objects.bulk_create(axes.values())
    blocks = {
        row["code"]: AxisBlock(code=row["code"], name=row["name"], axis=axes[row["axis"]])
        for row in catalogue.blocks
    }
    AxisBlock.objects.bulk_create(blocks.values())
    sectors = {
        code: Sector(code=code, name=name, slug=slug_of(name))
        for code, name in catalogue.sectors.items()
    }
    Sector.objects.bulk_create(sectors.values())
    SectorBlock.objects.bulk_create(
        SectorBlock(sector=sectors[sector], block=blocks[block])
        for sector, held in catalogue.sector_blocks.items()
        for block in sorted(held)
    )
    store_codes(catalogue)


def store_codes(catalogue: Catalogue) -> None:
    UnitOfMeasure.objects.bulk_create(UnitOfMeasure(**row) for row in catalogue.units_of_measure)
    Periodicity.objects.bulk_create(Periodicity(**row) for row in catalogue.periodicities)
    TargetPopulation.objects.bulk_create(
        TargetPopulation(**row) for row in catalogue.target_populations
    )
    load_holidays(catalogue.holidays)
    load_frameworks(frameworks=catalogue.frameworks, objectives=catalogue.framework_objectives)
    load_parts(
        disaggregations=catalogue.disaggregations,
        categories=catalogue.disaggregation_categories,
    )
    load_budget_codes(
        expense_objects=catalogue.expense_objects,
        funding_sources=catalogue.funding_sources,
        financing_bodies=catalogue.financing_bodies,
    )


def store_institutions(country: Country) -> dict[str, int]:
    """The institutions with their sectors; their ids by code."""
    sectors = dict(Sector.objects.values_list("code", "id"))
    stored = Institution.objects.bulk_create(
        Institution(
            code=fact.code,
            name=fact.name,
            acronym=fact.acronym,
            slug=slug_of(fact.name)[:120],
            source=fact.source,
            is_fictitious=fact.is_fictitious,
        )
        for fact in country.institutions
    )
    ids = {institution.code: institution.pk for institution in stored}
    copy_rows(
        Institution.sectors.through,
        ("institution", "sector"),
        (
            (ids[fact.code], sectors[sector])
            for fact in country.institutions
            for sector in fact.sectors
        ),
    )
    load_themes(country.catalogue.cross_cutting_themes)
    return ids


def store_people(country: Country, institutions: Mapping[str, int]) -> dict[str, User]:
    """Everybody with their one role, by address; only the cast may be entered as."""
    cast = {person.email for person in CAST}
    users = {
        person.email: User(
            email=person.email,
            full_name=person.full_name,
            position=person.position[:200],
            is_demo=True,
            is_active=person.email in cast,
        )
        for person in country.people
    }
    for user in users.values():
        user.set_unusable_password()
    User.objects.bulk_create(users.values())
    sectors = dict(Sector.objects.values_list("code", "id"))
    Membership.objects.bulk_create(
        Membership(
            user=users[person.email],
            role=person.role,
            institution_id=institutions.get(person.institution or ""),
            sector_id=sectors.get(person.sector or ""),
            valid_from=MEMBERS_SINCE,
        )
        for person in country.people
    )
    return users
