"""Writes of the results matrix: goals, sheets, targets, links, and its published versions."""

from sigpret.apps.results.actions.conflict import ConflictError
from sigpret.apps.results.actions.goals import (
    GoalFacts,
    InvalidGoalError,
    change_goal,
    create_goal,
    rename_goal,
    retire_goal,
)
from sigpret.apps.results.actions.hand_down import HandedDown, NothingToHandDownError, hand_down
from sigpret.apps.results.actions.links import (
    change_link,
    link_goals,
    link_products,
    spread_weights,
    unlink_goals,
)
from sigpret.apps.results.actions.publishing import (
    MatrixErrorsError,
    NothingChangedError,
    publish_matrix,
)
from sigpret.apps.results.actions.sheets import (
    InvalidSheetError,
    SheetFacts,
    VariableFacts,
    save_indicator_sheet,
)
from sigpret.apps.results.actions.targets import ClosedTargetError, save_targets

__all__ = [
    "ClosedTargetError",
    "ConflictError",
    "GoalFacts",
    "HandedDown",
    "InvalidGoalError",
    "InvalidSheetError",
    "MatrixErrorsError",
    "NothingChangedError",
    "NothingToHandDownError",
    "SheetFacts",
    "VariableFacts",
    "change_goal",
    "change_link",
    "create_goal",
    "hand_down",
    "link_goals",
    "link_products",
    "publish_matrix",
    "rename_goal",
    "retire_goal",
    "save_indicator_sheet",
    "save_targets",
    "spread_weights",
    "unlink_goals",
]
