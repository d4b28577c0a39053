"""A goal and its sheet as they are stored, for the forms that change them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sigpret.apps.results.actions.goals import GoalFacts, facts_of
from sigpret.apps.results.actions.sheets import SheetFacts, sheet_facts
from sigpret.apps.results.models import Goal, Indicator


@dataclass(frozen=True, slots=True)
class WrittenGoal:
    """What is stored of a goal. `followers` borrow its wording."""

    id: int
    code: str
    version: int
    institution_id: int | None
    facts: GoalFacts
    followers: int

    @property
    def initial(self) -> dict[str, Any]:
        """For the fields of a form."""
        shown = {name: getattr(self.facts, name) for name in GoalFacts.__dataclass_fields__}
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in shown.items()
        }

    def only_renamed(self, facts: GoalFacts) -> bool:
        """Does only the text change, in a goal that others follow?"""
        return (
            self.followers > 0
            and facts.text != self.facts.text
            and replace(facts, text=self.facts.text) == self.facts
        )


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """What is stored of a goal's indicator; `facts` None when it has none yet (version 0)."""

    version: int
    facts: SheetFacts | None
    targets: Mapping[str, Decimal]

    @property
    def initial(self) -> dict[str, Any]:
        if self.facts is None:
            return {}
        return self.facts.columns | {"disaggregations": sorted(self.facts.disaggregations)}

    @property
    def variables(self) -> list[dict[str, str]]:
        """For the lines of a form."""
        if self.facts is None:
            return []
        return [
            {name: getattr(one, name) for name in ("name", "label", "unit", "accumulation")}
            for one in self.facts.variables
        ]


def written_goal(goal_id: int) -> WrittenGoal:
    goal = Goal.objects.get(pk=goal_id)
    followers = Goal.objects.filter(handed_down_from=goal, has_own_wording=False).count()
    return WrittenGoal(
        goal.pk, goal.code, goal.version, goal.institution_id, facts_of(goal), followers
    )


def written_sheet(goal_id: int) -> WrittenSheet:
    indicator = Indicator.objects.filter(goal_id=goal_id).first()
    if indicator is None:
        return WrittenSheet(0, None, {})
    targets = dict(indicator.targets.order_by("period").values_list("period", "planned"))
    return WrittenSheet(indicator.version, sheet_facts(indicator), targets)


def linked_product_ids(goal_id: int) -> list[int]:
    return [
        *Goal.products.through.objects.filter(goal_id=goal_id).values_list("product", flat=True)
    ]
