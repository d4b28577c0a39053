"""What a reviewer sees of the evidence of a value: one file, one page, and whether it changed."""

from dataclasses import dataclass

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.permissions import can_see_reserved
from sigpret.apps.evidence.queries import EvidenceFacts
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.queries.evidence import evidence_by_value, other_uses


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An evidence open at a page, from 1. Without a file, `current` is None.

    `is_intact`: the stored bytes are still those of the fingerprint.
    """

    current: EvidenceFacts | None
    page: int
    is_intact: bool

    @property
    def pages(self) -> int:
        """How many can be drawn."""
        return (self.current.pages or 0) if self.current and self.current.is_shown else 0

    @property
    def previous_page(self) -> int:
        return max(self.page - 1, 1)

    @property
    def next_page(self) -> int:
        return min(self.page + 1, max(self.pages, 1))


@dataclass(frozen=True, slots=True)
class EvidenceViewer(OpenFile):
    """The evidence of a value, one file open. `used_elsewhere`: how many other values show it."""

    value_id: int
    period: str
    files: tuple[EvidenceFacts, ...]
    number: int
    used_elsewhere: int
    can_ask: bool

    @property
    def others(self) -> tuple[EvidenceFacts, ...]:
        return tuple(file for file in self.files if file != self.current)

    @property
    def is_of_period(self) -> bool:
        """Was it brought for the very quarter of the value?"""
        return self.current is not None and self.current.period == self.period


def open_file(facts: EvidenceFacts | None, access: Access, page: int) -> OpenFile:
    """The file at a page; reads every byte of it, unless this person may not open it."""
    if facts is None:
        return OpenFile(None, 1, is_intact=False)
    may_open = not facts.is_reserved or can_see_reserved(access, facts.institution_id)
    return OpenFile(
        current=facts,
        page=min(max(page, 1), facts.pages or 1),
        is_intact=may_open and storage.is_intact(facts.sha256),
    )


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
    opened = open_file(current, access, page)
    return EvidenceViewer(
        current=opened.current,
        page=opened.page,
        is_intact=opened.is_intact,
        value_id=value_id,
        period=value.period,
        files=files,
        number=files.index(current) + 1 if current else 0,
        used_elsewhere=other_uses([current.id], value_id).get(current.id, 0) if current else 0,
        can_ask=value.report.institution_id not in access.institutions,
    )
