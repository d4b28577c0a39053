"""What the reader hands over: the document and the evidence the checks of its pages need."""

from __future__ import annotations

from dataclasses import dataclass

from sigpret.intake.rows import PlanDocument


@dataclass(frozen=True, slots=True)
class HeaderEvidence:
    """What one page header states; institution as (code, name) pairs."""

    line: int
    institutions: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    report_ids: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restatement:
    """A text that appears again under the same number, as continuation pages do."""

    subject: str
    line: int
    text: str
    first_line: int
    first_text: str
    is_new_page: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A sign that a page is missing or out of order, as a sentence."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that could be read, with where each claim stands in the file."""

    document: PlanDocument
    headers: tuple[HeaderEvidence, ...]
    restatements: tuple[Restatement, ...]
    gaps: tuple[Gap, ...]
