"""What can be wrong with a cell that came back, counted by cause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy


class Cause(StrEnum):
    """Why a row is not applied as it is."""

    CONFLICT = "conflict"
    NUMBER = "number"
    FORMULA = "formula"
    PERCENT = "percent"
    DATE = "date"
    RANGE = "range"
    CHOICE = "choice"
    TOO_LONG = "too_long"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"
    REPEATED = "repeated"
    REFUSED = "refused"


LABELS = {
    Cause.CONFLICT: ngettext_lazy(
        "fila que otra persona cambió mientras tanto",
        "filas que otra persona cambió mientras tanto",
        "n",
    ),
    Cause.NUMBER: ngettext_lazy(
        "celda que no se lee como un solo número", "celdas que no se leen como un solo número", "n"
    ),
    Cause.FORMULA: ngettext_lazy("celda con fórmula", "celdas con fórmula", "n"),
    Cause.PERCENT: ngettext_lazy(
        "celda con formato de porcentaje", "celdas con formato de porcentaje", "n"
    ),
    Cause.DATE: ngettext_lazy(
        "celda que Excel convirtió en fecha", "celdas que Excel convirtió en fecha", "n"
    ),
    Cause.RANGE: ngettext_lazy("valor que el dato no admite", "valores que el dato no admite", "n"),
    Cause.CHOICE: ngettext_lazy("opción fuera de la lista", "opciones fuera de la lista", "n"),
    Cause.TOO_LONG: ngettext_lazy("texto demasiado largo", "textos demasiado largos", "n"),
    Cause.LOCKED: ngettext_lazy(
        "dato que ya no se puede cambiar", "datos que ya no se pueden cambiar", "n"
    ),
    Cause.FORBIDDEN: ngettext_lazy(
        "fila que usted no puede escribir", "filas que usted no puede escribir", "n"
    ),
    Cause.UNKNOWN: ngettext_lazy("fila que no es de aquí", "filas que no son de aquí", "n"),
    Cause.REPEATED: ngettext_lazy(
        "fila con el identificador repetido", "filas con el identificador repetido", "n"
    ),
    Cause.REFUSED: ngettext_lazy(
        "fila que no se pudo guardar", "filas que no se pudieron guardar", "n"
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell or a row cannot be applied; `suggestion` is what was probably meant."""

    cause: Cause
    sentence: str | Promise
    suggestion: str = ""


class CellProblemError(ValueError):
    """A cell cannot be read as what its column holds."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem.sentence))
        self.problem = problem
