"""What a reviewer sees of the evidence of a value: one file, one page, and whether it changed."""

from dataclasses import dataclass

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.permissions import can_see_reserved
from sigpret.apps.evidence.queries import EvidenceFacts
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.queries.evidence import evidence_by_value, other_uses


@dataclass(frozen=True, slots=True)
class EvidenceViewer:
    """The evidence of a value with one file open at a page, from 1.

    `is_intact`: the stored bytes are still those of the fingerprint. `used_elsewhere` counts
    the other values that show the same file. Without files, `current` is None.
    """

    value_id: int
    period: str
    files: tuple[EvidenceFacts, ...]
    current: EvidenceFacts | None
    number: int
    page: int
    is_intact: bool
    used_elsewhere: int
    can_ask: bool

    @property
    def pages(self) -> int:
        return (self.current.pages or 0) if self.current and self.current.is_shown else 0

    @property
    def others(self) -> tuple[EvidenceFacts, ...]:
        return tuple(file for file in self.files if file != self.current)

    @property
    def previous_page(self) -> int:
        return max(self.page - 1, 1)

    @property
    def next_page(self) -> int:
        return min(self.page + 1, max(self.pages, 1))

    @property
    def is_of_period(self) -> bool:
        """Was it brought for the very quarter of the value?"""
        return self.current is not None and self.current.period == self.period


def evidence_viewer(
    value_id: int, access: Access, *, evidence_id: int | None = None, page: int = 1
) -> EvidenceViewer | None:
    """The viewer for a value; None when there is no such value. Reads the whole open file.

    Who may read the value is for the caller to have checked; what is reserved and this person
    may not open has no name here and cannot be opened.
    """
    value = ReportedValue.objects.select_related("report").filter(pk=value_id).first()
    if value is None:
        return None
    files = evidence_by_value([value_id], access).get(value_id, ())
    current = next((file for file in files if file.id == evidence_id), next(iter(files), None))
    institution_id = value.report.institution_id
    is_open = current is not None and (
        not current.is_reserved or can_see_reserved(access, institution_id)
    )
    pages = (current.pages or 1) if current else 1
    return EvidenceViewer(
        value_id=value_id,
        period=value.period,
        files=files,
        current=current,
        number=files.index(current) + 1 if current else 0,
        page=min(max(page, 1), pages),
        is_intact=is_open and current is not None and storage.is_intact(current.sha256),
        used_elsewhere=other_uses([current.id], value_id).get(current.id, 0) if current else 0,
        can_ask=institution_id not in access.institutions,
    )
