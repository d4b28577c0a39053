"""Who every goal is and how it is measured, as it is called on the day a quarter closes."""

from typing import Any

from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.monitoring.queries.payloads import Payload, text_of
from sigpret.apps.results.models import Goal, Indicator

IDENTITY = ("code", "slug", "level", "text", "is_prioritised", "chain_position")
SHEET = (
    *("name", "unit", "sense", "accumulation", "across_years", "baseline", "baseline_year"),
    *("source", "means_of_verification"),
)
Named = dict[int, Payload]


def sector_names() -> Named:
    rows = Sector.objects.order_by().values_list("pk", "code", "name", "slug")
    return {pk: {"code": code, "name": name, "slug": slug} for pk, code, name, slug in rows}


def institution_names() -> Named:
    rows = Institution.objects.order_by().values_list("pk", "code", "name")
    return {pk: {"code": code, "name": name} for pk, code, name in rows}


def goal_identities(sectors: Named, institutions: Named) -> Named:
    """Every goal by its id, in that order; one statement."""
    rows: Any = Goal.objects.order_by("pk").values_list("pk", "sector", "institution", *IDENTITY)
    return {
        pk: {
            **dict(zip(IDENTITY, identity, strict=True)),
            "sector": sectors[sector],
            "institution": institutions.get(institution),
        }
        for pk, sector, institution, *identity in rows
    }


def indicator_sheets(institutions: Named) -> Named:
    """Every indicator by its id, with who answers for it; one statement."""
    rows: Any = Indicator.objects.order_by().values_list(
        "pk", "responsible", "responsible_unit", *SHEET
    )
    return {
        pk: {
            "responsible": institutions[responsible],
            "responsible_unit": unit,
            "indicator": sheet_json(dict(zip(SHEET, sheet, strict=True))),
        }
        for pk, responsible, unit, *sheet in rows
    }


def sheet_json(sheet: Payload) -> Payload:
    return sheet | {"baseline": text_of(sheet["baseline"])}
