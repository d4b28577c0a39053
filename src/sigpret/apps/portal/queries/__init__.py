"""Reads of the portal: published snapshots and nothing else."""

from sigpret.apps.portal.queries.bands import BandCounts, band_counts
from sigpret.apps.portal.queries.changes import PublicChange, public_changes
from sigpret.apps.portal.queries.promise import Promise, PromiseChange, promise_page
from sigpret.apps.portal.queries.publication import (
    Publication,
    Withdrawal,
    latest_publication,
    withdrawn_publication,
)
from sigpret.apps.portal.queries.summary import (
    PortalSummary,
    PromiseCard,
    PromiseFilters,
    portal_summary,
    promise_cards,
)

__all__ = [
    "BandCounts",
    "PortalSummary",
    "Promise",
    "PromiseCard",
    "PromiseChange",
    "PromiseFilters",
    "PublicChange",
    "Publication",
    "Withdrawal",
    "band_counts",
    "latest_publication",
    "portal_summary",
    "promise_cards",
    "promise_page",
    "public_changes",
    "withdrawn_publication",
]
