"""Files that were brought, one line each: kept and matched, or refused with its sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from sigpret.apps.evidence.actions import RefusedEvidenceError, store_evidence
from sigpret.apps.evidence.names import shown_name
from sigpret.apps.evidence.queries import EvidenceFacts
from sigpret.apps.monitoring.matching import Certainty, Match, match_by_code
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow
from sigpret.intake.files.kinds import ACCEPT

NO_MATCH = Match("", ())


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """`name` as the person's own file is called. `problem`: why it was not kept."""

    name: str
    facts: EvidenceFacts | None = None
    match: Match = NO_MATCH
    is_known: bool = False
    problem: str = ""

    @property
    def is_sure(self) -> bool:
        return self.match.certainty is Certainty.SURE

    @property
    def is_ambiguous(self) -> bool:
        return self.match.certainty is Certainty.SEVERAL


def bring(request: HttpRequest, institution: Any, sheet: ReportSheet) -> list[EvidenceLine]:
    """Keep every file of the request, each on its own: one refused does not lose the others."""
    return [
        bring_one(request, institution, sheet, file) for file in request.FILES.getlist("archivos")
    ]


def bring_one(
    request: HttpRequest, institution: Any, sheet: ReportSheet, file: "UploadedFile[bytes]"
) -> EvidenceLine:
    name = shown_name(file.name or "")
    try:
        stored = store_evidence(
            actor=request.user,
            access=request.access,
            institution=institution,
            name=file.name or "",
            file=file,
            period=sheet.period.code,
            at=request.now,
        )
    except RefusedEvidenceError as refusal:
        return EvidenceLine(name, problem=str(refusal))
    match = match_by_code([file.name or ""], writable_rows(sheet, request.now))[0]
    return EvidenceLine(name, stored.evidence, match, is_known=not stored.is_new)


def lines_of(
    files: Iterable[EvidenceFacts], sheet: ReportSheet, at: datetime
) -> list[EvidenceLine]:
    """Files the institution already has, with the rows their names speak of."""
    found = list(files)
    matches = match_by_code([facts.name for facts in found], writable_rows(sheet, at))
    return [
        EvidenceLine(facts.name, facts, match) for facts, match in zip(found, matches, strict=True)
    ]


def writable_rows(sheet: ReportSheet, at: datetime) -> Sequence[SheetRow]:
    """The rows that may be shown evidence now."""
    if sheet.round is None or not sheet.round.accepts_at(at):
        return []
    return [row for row in sheet.rows if row.is_editable]


def drop_context(sheet: ReportSheet, at: datetime) -> dict[str, Any]:
    """What the place to drop files needs, wherever it stands."""
    return {"accept": ACCEPT, "writable_rows": writable_rows(sheet, at)}
