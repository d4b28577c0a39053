"""What the pages of a link show."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.permissions import can_write_goal, keeps_matrix
from sigpret.apps.results.queries.choices import link_candidates
from sigpret.apps.results.queries.history import ALIGNMENT, HistoryEntry, history_of
from sigpret.apps.results.queries.sheet import GoalIdentity, LinkFacts, link_between

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A link with both its ends; `rest` are the points its siblings hold of the parent's 100."""

    child: GoalIdentity
    parent: GoalIdentity
    facts: LinkFacts
    history: tuple[HistoryEntry, ...]
    can_write: bool
    decides: bool

    @property
    def initial(self) -> dict[str, Any]:
        return {
            "weight": self.facts.weight, "rule": self.facts.rule,
            "rationale": self.facts.rationale, "version": self.facts.version,
        }  # fmt: skip

    @property
    def rest(self) -> Decimal:
        counted = self.facts.weight if self.facts.rule != "none" else Decimal(0)
        return self.facts.total - counted

    @property
    def is_whole(self) -> bool:
        return abs(self.facts.total - WHOLE) <= Decimal("0.01")


@dataclass(frozen=True, slots=True)
class NewLinkPage:
    """The goals that may stand at the other end of a new link."""

    here: GoalIdentity
    is_child: bool
    label: str | Promise
    others: list[tuple[Any, str]]
    decides: bool

    def words(self, link: Any) -> str:
        """`MI-060-02 → MS-41`."""
        return f"{link.child.code} → {link.parent.code}"


def link_page(child: GoalIdentity, parent: GoalIdentity, access: Access) -> LinkPage | None:
    facts = link_between(child.code, parent.code, access)
    if facts is None:
        return None
    return LinkPage(
        child,
        parent,
        facts,
        history_of(ALIGNMENT, f"{child.code}→{parent.code}"[:80]),
        can_write_goal(access, child.institution_id),
        can_write_goal(access, parent.institution_id),
    )


def new_link_page(here: GoalIdentity, access: Access, *, is_child: bool) -> NewLinkPage:
    label = _("Contribuye a") if is_child else _("Contribuye a ella")
    others = link_candidates(here.id, access, is_child=is_child)
    return NewLinkPage(here, is_child, label, others, keeps_matrix(access))
