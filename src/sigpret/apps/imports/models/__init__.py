"""What came in as a file and is not yet what the file says."""

from sigpret.apps.imports.models.plan_import import PlanImport
from sigpret.apps.imports.models.workbook_lot import WorkbookLot

__all__ = ["PlanImport", "WorkbookLot"]
