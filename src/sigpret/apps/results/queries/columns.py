"""The matrix as a table: its columns in the official order, and one row per goal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Cell = str | Decimal | int | bool | None | Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class GoalName:
    """A goal as another one's row names it. `weight` (0-100 of its siblings), `rule` and `version`
    are those of the link that leads to it; None, empty and 0 on the way further up."""

    code: str
    text: str
    indicator: str
    weight: Decimal | None = None
    rule: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One goal of any level with everything the matrix says of it.

    The columns of the levels above name the goals it reaches; those of the levels below are
    empty, so every sheet stands in exactly one row. Choices are stored codes ("ascending"); their
    words are in `words`. `multi_year` is by year, `programming` by shorter period. A number
    nobody wrote is None.
    """

    code: str
    level: str
    version: int
    sector_code: str
    axes: tuple[str, ...]
    presidential: tuple[GoalName, ...]
    sector: str
    sectoral: tuple[GoalName, ...]
    institution_code: str
    institution: str
    institutional: tuple[GoalName, ...]
    is_prioritised: bool
    chain_position: str
    indicator: str
    definition: str
    formula: str
    variables: tuple[str, ...]
    unit: str
    sense: str
    accumulation: str
    across_years: str
    periodicity: str
    source: str
    means_of_verification: str
    disaggregations: tuple[str, ...]
    baseline: Decimal | None
    baseline_year: int | None
    responsible: str
    responsible_unit: str
    multi_year: Mapping[str, Decimal]
    programming: Mapping[str, Decimal]
    ods: tuple[str, ...]
    entah: tuple[str, ...]
    vision: tuple[str, ...]
    themes: tuple[str, ...]
    products: tuple[str, ...]
    assumption: str
    target_population: str
    objectives: tuple[str, ...] = ()
    text: str = ""
    indicator_version: int = 1
    institution_id: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def serves(self) -> tuple[GoalName, ...]:
        """The goals one level above, with the weight and the rule of each link."""
        return {"sectoral": self.presidential, "institutional": self.sectoral}.get(self.level, ())

    @property
    def written(self) -> int:
        """Grows whenever the goal, its sheet or its links are written."""
        return self.version + self.indicator_version + sum(link.version for link in self.serves)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column: `name` is a field of `MatrixRow`, or a goal column `presidential.text`.

    `kind`: text, list (joined by "; "), goals, number, year, yes_no, choice (a stored code with
    its word), periods (one column per period of the mapping). `is_editable`: a person may change
    it in the table or in a workbook; the rest is there to be read.
    """

    name: str
    label: str | Promise
    kind: str = "text"
    is_editable: bool = False
    width: int = 24

    def cell(self, row: MatrixRow) -> Cell:
        """What the row says here: plain text, a number, a yes or no, None, or period -> number."""
        field_name, _dot, part = self.name.partition(".")
        value = getattr(row, field_name)
        if self.kind == "goals":
            return "; ".join(getattr(goal, part) for goal in value)
        if self.kind == "list":
            return "; ".join(value)
        if self.kind == "choice":
            value = row.words.get(field_name, value)
        result: Cell = value
        return result


def column(name: str, label: str | Promise, kind: str = "text", width: int = 24) -> MatrixColumn:
    return MatrixColumn(name, label, kind, is_editable=True, width=width)


#: In the order of the official format of the matrix.
MATRIX_COLUMNS: tuple[MatrixColumn, ...] = (
    MatrixColumn("code", _("Código"), width=14),
    MatrixColumn("axes", _("Eje"), "list"),
    MatrixColumn("presidential.code", _("Código presidencial"), "goals", width=14),
    MatrixColumn("presidential.text", _("Meta presidencial"), "goals", width=36),
    MatrixColumn("presidential.indicator", _("Indicador presidencial"), "goals", width=36),
    MatrixColumn("sector", _("Sector")),
    MatrixColumn("sectoral.code", _("Código sectorial"), "goals", width=14),
    MatrixColumn("sectoral.text", _("Meta sectorial"), "goals", width=36),
    MatrixColumn("sectoral.indicator", _("Indicador sectorial"), "goals", width=36),
    MatrixColumn("institution", _("Institución")),
    MatrixColumn("institutional.text", _("Meta institucional"), "goals", width=36),
    MatrixColumn("institutional.indicator", _("Indicador institucional"), "goals", width=36),
    column("text", _("Meta de la fila"), width=36),
    column("is_prioritised", _("Priorizada"), "yes_no", width=10),
    column("chain_position", _("Posición en la cadena"), "choice", width=14),
    column("indicator", _("Indicador"), width=36),
    column("definition", _("Definición"), width=40),
    column("formula", _("Fórmula"), width=30),
    MatrixColumn("variables", _("Variables"), "list", width=30),
    column("unit", _("Unidad"), width=14),
    column("sense", _("Sentido"), "choice", width=18),
    column("accumulation", _("Acumulación en el año"), "choice", width=16),
    column("across_years", _("Acumulación entre años"), "choice", width=16),
    column("periodicity", _("Periodicidad"), width=14),
    column("source", _("Fuente"), width=30),
    column("means_of_verification", _("Medio de verificación"), width=30),
    MatrixColumn("disaggregations", _("Desagregaciones"), "list"),
    column("baseline", _("Línea base"), "number", width=12),
    column("baseline_year", _("Año base"), "year", width=10),
    MatrixColumn("responsible", _("Responsable")),
    column("responsible_unit", _("Unidad responsable")),
    column("multi_year", _("Metas plurianuales"), "periods", width=12),
    column("programming", _("Programación del año"), "periods", width=12),
    MatrixColumn("ods", _("Metas ODS (AN-ODS)"), "list", width=30),
    MatrixColumn("entah", _("Línea ENTAH"), "list", width=30),
    MatrixColumn("vision", _("Objetivo de Visión de País"), "list", width=30),
    MatrixColumn("themes", _("Temas transversales"), "list"),
    MatrixColumn("objectives", _("Objetivos del plan"), "list", width=30),
    MatrixColumn("products", _("Productos del POA vinculados"), "list", width=20),
    column("assumption", _("Supuesto"), width=36),
    MatrixColumn("target_population", _("Población objetivo")),
)
