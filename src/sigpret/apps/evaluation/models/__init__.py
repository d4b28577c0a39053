"""Runs of the evaluation; field visits that saw for themselves."""

from sigpret.apps.evaluation.models.run import EvaluationRun
from sigpret.apps.evaluation.models.visit import FieldVisit, FieldVisitCheck, FieldVisitPhoto

__all__ = ["EvaluationRun", "FieldVisit", "FieldVisitCheck", "FieldVisitPhoto"]
