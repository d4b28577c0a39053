"""What came in as a file and is not yet what the file says."""

from sigpret.apps.imports.models.plan_import import PlanImport

__all__ = ["PlanImport"]
