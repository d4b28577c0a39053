"""Writes of an import: it comes in, is corrected, distributed, discarded or confirmed."""

from sigpret.apps.imports.actions.confirmation import (
    ClosedQuartersError,
    NothingToRecordError,
    NotReadyError,
    confirm_import,
)
from sigpret.apps.imports.actions.draft import (
    CellChange,
    CellConflict,
    ClosedImportError,
    QuartersChange,
    QuartersConflict,
    discard_import,
    save_cells,
    save_quarters,
)
from sigpret.apps.imports.actions.upload import Uploaded, upload_report

__all__ = [
    "CellChange",
    "CellConflict",
    "ClosedImportError",
    "ClosedQuartersError",
    "NotReadyError",
    "NothingToRecordError",
    "QuartersChange",
    "QuartersConflict",
    "Uploaded",
    "confirm_import",
    "discard_import",
    "save_cells",
    "save_quarters",
    "upload_report",
]
