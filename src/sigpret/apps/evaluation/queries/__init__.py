"""Reads of the evaluation: the board, a goal, an institution, the country, the closing."""

from sigpret.apps.evaluation.queries.board import Board, board
from sigpret.apps.evaluation.queries.closing import ClosingScreen, closing_screen
from sigpret.apps.evaluation.queries.country import CountryEvaluation, country_evaluation
from sigpret.apps.evaluation.queries.goal import GoalPage, goal_facts, goal_page
from sigpret.apps.evaluation.queries.institution import (
    InstitutionEvaluation,
    institution_evaluation,
    institution_facts,
)
from sigpret.apps.evaluation.queries.national import NationalGrades, national_grades
from sigpret.apps.evaluation.queries.quarter import Quarter, UnknownQuarterError, quarter_shown

__all__ = [
    "Board",
    "ClosingScreen",
    "CountryEvaluation",
    "GoalPage",
    "InstitutionEvaluation",
    "NationalGrades",
    "Quarter",
    "UnknownQuarterError",
    "board",
    "closing_screen",
    "country_evaluation",
    "goal_facts",
    "goal_page",
    "institution_evaluation",
    "institution_facts",
    "national_grades",
    "quarter_shown",
]
