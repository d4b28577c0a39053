"""What stands behind the values: the files shown for each, and where each file is shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from sigpret.apps.evidence.permissions import can_see_reserved
from sigpret.apps.evidence.queries import EvidenceFacts, facts_of, usable_evidence
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import EvidenceUse
from sigpret.apps.monitoring.queries.sheet import ReportSheet, SheetRow

SUGGESTED = 3


def evidence_by_value(
    value_ids: Collection[int], access: Access | None = None
) -> dict[int, tuple[EvidenceFacts, ...]]:
    """The evidence shown for each value, in the order it was attached; one statement.

    With `access`, what is reserved and that person may not open is there without its name
    and fingerprint. A value without evidence has no key.
    """
    found: dict[int, list[EvidenceFacts]] = defaultdict(list)
    uses = EvidenceUse.objects.filter(value_id__in=value_ids).select_related(
        *(f"evidence__{name}" for name in ("file", "institution", "uploaded_by", "replaced_by"))
    )
    for use in uses.order_by("attached_at", "id"):
        found[use.value_id].append(seen_by(access, facts_of(use.evidence)))
    return {value_id: tuple(files) for value_id, files in found.items()}


def seen_by(access: Access | None, facts: EvidenceFacts) -> EvidenceFacts:
    """The facts as this person may know them."""
    if access is None or not facts.is_reserved or can_see_reserved(access, facts.institution_id):
        return facts
    return replace(facts, name=_("Evidencia reservada"), sha256="", received_sha256="")


def other_uses(evidence_ids: Iterable[int], value_id: int | None) -> dict[int, int]:
    """In how many other values each evidence is shown; one statement."""
    uses = EvidenceUse.objects.filter(evidence_id__in=list(evidence_ids)).exclude(value_id=value_id)
    counts: dict[int, int] = defaultdict(int)
    for evidence_id in uses.values_list("evidence_id", flat=True):
        counts[evidence_id] += 1
    return dict(counts)


@dataclass(frozen=True)
class SheetEvidence:
    """The evidence of a report: `by_row` has the files of each row, by its key."""

    institution_id: int
    by_row: Mapping[str, tuple[EvidenceFacts, ...]]

    def files(self, row: SheetRow) -> tuple[EvidenceFacts, ...]:
        return self.by_row.get(row.key, ())

    @property
    def without(self) -> int:
        """How many rows with a value show nothing."""
        return sum(not files for files in self.by_row.values())

    @cached_property
    def usable(self) -> tuple[EvidenceFacts, ...]:
        """What the institution may attach, newest first; read when it is asked for."""
        return usable_evidence(self.institution_id)

    def suggestions(self, row: SheetRow) -> tuple[EvidenceFacts, ...]:
        """The newest files that this row does not show yet."""
        shown = {facts.id for facts in self.files(row)}
        return tuple(facts for facts in self.usable if facts.id not in shown)[:SUGGESTED]

    @cached_property
    def loose(self) -> tuple[EvidenceFacts, ...]:
        """What no row of this report shows, newest first."""
        shown = {facts.id for files in self.by_row.values() for facts in files}
        return tuple(facts for facts in self.usable if facts.id not in shown)


def sheet_evidence(sheet: ReportSheet, access: Access | None = None) -> SheetEvidence:
    """The evidence of every row of a report; one statement."""
    ids = {row.cell.id: row.key for row in sheet.rows if row.cell.id is not None}
    found = evidence_by_value(ids, access)
    return SheetEvidence(
        institution_id=sheet.institution_id,
        by_row={key: found.get(value_id, ()) for value_id, key in ids.items()},
    )
