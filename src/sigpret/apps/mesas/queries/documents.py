"""The papers of a mesa: those of each meeting, and the products that were written."""

from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.mesas.models import Attachment, Meeting, Mesa, MesaProduct
from sigpret.apps.mesas.models.meeting import WITH_MINUTES, MeetingState
from sigpret.apps.mesas.queries.standing import Standing


@dataclass(frozen=True, slots=True)
class MeetingPapers:
    """A meeting with its files (id, name); `has_minutes` those this person may open."""

    number: int
    starts_at: datetime
    state: str
    state_label: str
    minutes: str
    has_minutes: bool
    is_distributed: bool
    papers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ProductPaperLine:
    """A version of a written product."""

    kind: str
    title: str
    year: int
    period: str
    number: int
    state_label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Documents:
    meetings: tuple[MeetingPapers, ...]
    products: tuple[ProductPaperLine, ...]


def documents(mesa: Mesa, standing: Standing) -> Documents:
    """What there is to read, the newest first; three statements. Drafts are for who writes."""
    meetings = Meeting.objects.filter(mesa=mesa, number__isnull=False).order_by("-starts_at")
    papers: dict[int, list[tuple[int, str]]] = {}
    rows = Attachment.objects.filter(meeting__mesa=mesa).order_by("pk")
    for meeting, pk, name in rows.values_list("meeting_id", "pk", "name"):
        papers.setdefault(meeting, []).append((pk, name))
    listed = (papers_of(row, tuple(papers.get(row.pk, ())), standing) for row in meetings)
    products = MesaProduct.objects.filter(mesa=mesa).order_by("-year", "-period", "-number")
    return Documents(
        tuple(one for one in listed if one.papers or one.has_minutes),
        tuple(map(product_of, products)),
    )


def papers_of(
    row: Meeting, papers: tuple[tuple[int, str], ...], standing: Standing
) -> MeetingPapers:
    is_out = row.state == MeetingState.DISTRIBUTED
    is_asked = row.state in (MeetingState.CONFORMITY, MeetingState.DISTRIBUTED)
    code = f"{row.minutes_number}-{row.minutes_year}" if row.minutes_number else ""
    return MeetingPapers(
        number=row.number or 0,
        starts_at=row.starts_at,
        state=row.state,
        state_label=str(row.get_state_display()),
        minutes=code,
        has_minutes=is_asked or (standing.writes and row.state in WITH_MINUTES),
        is_distributed=is_out,
        papers=papers,
    )


def product_of(row: MesaProduct) -> ProductPaperLine:
    at = row.decided_at or row.proposed_at or row.written_at
    label = str(row.get_state_display())
    return ProductPaperLine(row.kind, row.title, row.year, row.period, row.number, label, at)
