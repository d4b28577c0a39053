"""The last step: what confirming would do."""

from __future__ import annotations

from dataclasses import dataclass

from sigpret.apps.imports.queries.changes import DraftChanges, draft_changes
from sigpret.apps.imports.queries.closed import closed_quarters, rewritten_products
from sigpret.apps.imports.queries.imports import ImportFacts
from sigpret.apps.imports.queries.keeping import KeptProduct, kept_products
from sigpret.apps.planning.catalogue import NewCodes, known_codes, new_codes
from sigpret.apps.planning.programming import ProductKey
from sigpret.apps.planning.queries import stored_plan


@dataclass(frozen=True)
class Confirmation:
    """What would be created, changed and removed; what stays and why; which codes are new.

    `rewritten` are products that would say something else in a closed quarter, which is refused.
    `plan_version` is the plan's in force, 0 when there is none.
    """

    facts: ImportFacts
    plan_version: int
    changes: DraftChanges
    kept: tuple[KeptProduct, ...]
    rewritten: tuple[ProductKey, ...]
    new_codes: NewCodes
    product_count: int
    scheduled_count: int

    @property
    def rewritten_labels(self) -> str:
        return ", ".join(key.label for key in self.rewritten)

    @property
    def can_be_confirmed(self) -> bool:
        """Nothing stands in the way but the person's word."""
        blocked = self.rewritten or self.new_codes.unreadable_periodicities
        return bool(self.changes) and not blocked

    @property
    def is_first(self) -> bool:
        return self.plan_version == 0


def confirmation(facts: ImportFacts) -> Confirmation:
    """The consequences of the draft as it stands."""
    draft, institution = facts.draft, facts.institution
    if draft is None or institution is None:
        raise ValueError("a refused file has nothing to confirm")
    stored = stored_plan(institution, draft.document.fiscal_year)
    closed = closed_quarters(draft.document.fiscal_year)
    kept = kept_products(stored, draft.document, closed)
    return Confirmation(
        facts=facts,
        plan_version=stored.version,
        changes=draft_changes(stored, draft, kept),
        kept=kept,
        rewritten=rewritten_products(stored, draft, closed),
        new_codes=new_codes(draft.document, known_codes()),
        product_count=len(draft.products),
        scheduled_count=len(draft.distribution),
    )
