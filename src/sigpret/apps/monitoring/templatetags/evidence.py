"""`{% load evidence %}`: the files of a row, where `evidence` is the report's `SheetEvidence`."""

from django import template

from sigpret.apps.evidence.queries import EvidenceFacts
from sigpret.apps.monitoring.queries.evidence import SheetEvidence
from sigpret.apps.monitoring.queries.sheet import SheetRow

register = template.Library()


@register.filter
def files_of(evidence: SheetEvidence | None, row: SheetRow) -> tuple[EvidenceFacts, ...]:
    """The files shown for a row; none where the page brings no evidence."""
    return evidence.files(row) if evidence else ()


@register.filter
def suggested_for(evidence: SheetEvidence | None, row: SheetRow) -> tuple[EvidenceFacts, ...]:
    """Files the institution already has and this row does not show."""
    return evidence.suggestions(row) if evidence else ()
