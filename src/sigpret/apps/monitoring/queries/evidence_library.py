"""Everything an institution has shown as proof: each file, where it is used, what became of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, F

from sigpret.apps.evidence.models import Evidence
from sigpret.apps.evidence.queries import EvidenceFacts, evidence_of
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import EvidenceUse
from sigpret.apps.monitoring.queries.sheet import SubjectKind

PRODUCT = "value__product"
OBJECTIVE = f"{PRODUCT}__operational_objective__objective"


@dataclass(frozen=True, slots=True)
class EvidenceUseFacts:
    """A value that shows a file: of which row, of which quarter, in which state."""

    period: str
    key: str
    code: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """An evidence with every value that shows it, the newest quarter first."""

    facts: EvidenceFacts
    uses: tuple[EvidenceUseFacts, ...]

    @property
    def period(self) -> str:
        """The quarter it stands under: what it was brought for, or else where it is used."""
        return self.facts.period or (self.uses[0].period if self.uses else "")

    @property
    def sort_key(self) -> tuple[Any, ...]:
        first = self.uses[0].code if self.uses else "~"
        return tuple(int(p) if p.isdecimal() else 10**6 for p in first.split(".")), self.facts.name


@dataclass(frozen=True, slots=True)
class LibraryGroup:
    """The files of one quarter; `period` is empty for those of none."""

    period: str
    rows: tuple[LibraryRow, ...]


@dataclass(frozen=True, slots=True)
class EvidenceOwner:
    """An institution and how many files of it are in force."""

    code: str
    name: str
    files: int


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What somebody asked to see; everything empty shows what is in force."""

    period: str = ""
    code: str = ""
    media: str = ""
    standing: str = ""


STANDINGS = ("sin-uso", "reservadas", "reemplazadas")


def evidence_owners(access: Access) -> tuple[EvidenceOwner, ...]:
    """The institutions this person may look into that have files, by name; one statement."""
    place = F("institution__code"), F("institution__name")
    rows = (
        Evidence.objects.filter(withdrawn_at__isnull=True)
        .order_by("institution__name")
        .values_list("institution_id", *place)
        .annotate(files=Count("pk"))
    )
    return tuple(
        EvidenceOwner(code, name, files)
        for pk, code, name, files in rows
        if access.reads_institution(pk)
    )


def library_rows(institution_id: int, access: Access) -> tuple[LibraryRow, ...]:
    """Every evidence of an institution that this person may know of; two statements."""
    found = evidence_of(institution_id, access)
    uses = uses_of([facts.id for facts in found])
    return tuple(LibraryRow(facts, uses.get(facts.id, ())) for facts in found)


def uses_of(evidence_ids: Collection[int]) -> dict[int, tuple[EvidenceUseFacts, ...]]:
    """Where each evidence is shown, the newest quarter first; one statement."""
    rows: Any = (
        EvidenceUse.objects.filter(evidence_id__in=evidence_ids)
        .order_by("-value__period", "value_id")
        .values(
            "evidence_id",
            period=F("value__period"),
            state=F("value__state"),
            product=F("value__product_id"),
            product_name=F(f"{PRODUCT}__name"),
            number=F(f"{PRODUCT}__number"),
            objective=F(f"{OBJECTIVE}__number"),
            indicator=F("value__indicator_id"),
            goal=F("value__indicator__goal__code"),
            goal_text=F("value__indicator__goal__text"),
        )
    )
    found: dict[int, list[EvidenceUseFacts]] = defaultdict(list)
    for row in rows:
        found[row["evidence_id"]].append(use_of(row))
    return {evidence_id: tuple(uses) for evidence_id, uses in found.items()}


def use_of(row: dict[str, Any]) -> EvidenceUseFacts:
    is_product = row["product"] is not None
    kind = SubjectKind.PRODUCT if is_product else SubjectKind.INDICATOR
    return EvidenceUseFacts(
        period=row["period"],
        key=f"{kind}-{row['product'] or row['indicator']}",
        code=f"{row['objective']}.{row['number']}" if is_product else row["goal"],
        name=row["product_name"] if is_product else row["goal_text"],
        state=row["state"],
    )


def filtered(rows: tuple[LibraryRow, ...], wanted: EvidenceFilter) -> tuple[LibraryRow, ...]:
    """The rows that answer to every part of a filter."""
    return tuple(row for row in rows if answers(row, wanted))


def answers(row: LibraryRow, wanted: EvidenceFilter) -> bool:
    if not stands(row, wanted.standing):
        return False
    if wanted.media and row.facts.media_type != wanted.media:
        return False
    periods = {row.period, *(use.period for use in row.uses)}
    if wanted.period and wanted.period not in periods:
        return False
    return not wanted.code or wanted.code in {use.code for use in row.uses}


def stands(row: LibraryRow, standing: str) -> bool:
    """What was replaced is shown only when it is asked for."""
    is_replaced = row.facts.replaced_by_id is not None
    if standing == "reemplazadas":
        return is_replaced
    if is_replaced:
        return False
    if standing == "sin-uso":
        return not row.uses
    return standing != "reservadas" or row.facts.is_reserved


def in_order(rows: tuple[LibraryRow, ...]) -> list[LibraryRow]:
    """The newest quarter first, and inside it by the code of the row that shows them."""
    by_code = sorted(rows, key=lambda row: row.sort_key)
    return sorted(by_code, key=lambda row: row.period, reverse=True)


def grouped(rows: Iterable[LibraryRow]) -> tuple[LibraryGroup, ...]:
    """Rows in their order, by quarter."""
    by_period = groupby(rows, key=lambda row: row.period)
    return tuple(LibraryGroup(period, tuple(members)) for period, members in by_period)
