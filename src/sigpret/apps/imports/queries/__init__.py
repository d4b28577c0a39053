"""Reads of imports: the list, each step of one, and what a person left half done."""

from sigpret.apps.imports.queries.confirmation import Confirmation, confirmation
from sigpret.apps.imports.queries.distribution import (
    DistributionRow,
    DistributionSheet,
    distribution_sheet,
)
from sigpret.apps.imports.queries.imports import (
    ImportFacts,
    drafts_of,
    import_facts,
    imports_open_to,
    original_of,
)
from sigpret.apps.imports.queries.review import ReviewSheet, review_sheet

__all__ = [
    "Confirmation",
    "DistributionRow",
    "DistributionSheet",
    "ImportFacts",
    "ReviewSheet",
    "confirmation",
    "distribution_sheet",
    "drafts_of",
    "import_facts",
    "imports_open_to",
    "original_of",
    "review_sheet",
]
