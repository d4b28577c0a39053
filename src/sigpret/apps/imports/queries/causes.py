"""What to look at, grouped by cause with the lines of the report, the blanks first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.imports.queries.proposals import listed
from sigpret.intake.checks import blank_production
from sigpret.intake.rows import Finding

BLANK = blank_production.RULE
LABELS: dict[str, str | Promise] = {
    BLANK: gettext_lazy("Producción anual en blanco"),
    "quarterly_below_four": gettext_lazy("Trimestral con menos de 4 unidades al año"),
    "semiannual_below_two": gettext_lazy("Semestral con menos de 2 unidades al año"),
    "near_duplicate_names": gettext_lazy("Producto con nombre casi igual a otro"),
    "product_worded_as_result": gettext_lazy("Redactado como resultado"),
    "unknown_unit_of_measure": gettext_lazy("Unidad de medida que no está en el catálogo"),
    "unknown_periodicity": gettext_lazy("Periodicidad que no está en el catálogo"),
    "unknown_target_population": gettext_lazy("Población objetivo que no está en el catálogo"),
    "code_name_disagreement": gettext_lazy("Código que el catálogo llama de otra forma"),
    "continuation_gap": gettext_lazy("Puede faltar una página"),
    "continuation_text_differs": gettext_lazy("Texto distinto en la página que continúa"),
    "inconsistent_institution": gettext_lazy("Institución con otro nombre en una página"),
    "inconsistent_print_date": gettext_lazy("Páginas impresas en momentos distintos"),
    "missing_mission": gettext_lazy("El reporte no trae la misión"),
    "missing_vision": gettext_lazy("El reporte no trae la visión"),
    "missing_print_date": gettext_lazy("El reporte no trae la fecha de impresión"),
    "objective_without_result": gettext_lazy("Objetivo sin resultado"),
    "objective_without_products": gettext_lazy("Objetivo sin productos"),
    "result_without_assumption": gettext_lazy("Resultado sin supuesto"),
    "result_without_target_population": gettext_lazy("Resultado sin población objetivo"),
}


@dataclass(frozen=True)
class Cause:
    """One line of the summary: how many, of what, and on which lines of the report."""

    rule: str
    label: str
    count: int
    where: str

    @property
    def is_error(self) -> bool:
        return self.rule == BLANK


def causes_of(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """The findings by rule, the blanks first and then the most frequent."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    ordered = sorted(by_rule.items(), key=lambda pair: (pair[0] != BLANK, -len(pair[1]), pair[0]))
    return tuple(
        Cause(rule, str(LABELS.get(rule, rule)), len(found), rows_in_words(found))
        for rule, found in ordered
    )


def rows_in_words(findings: Iterable[Finding]) -> str:
    """`filas 14, 16 a 19, 29 y 30`; empty when the findings are about the whole report."""
    lines = sorted({finding.line for finding in findings if finding.line is not None})
    if not lines:
        return ""
    if len(lines) == 1:
        return _("fila %(line)d") % {"line": lines[0]}
    return _("filas %(lines)s") % {"lines": listed([*_ranges(lines)])}


def _ranges(lines: list[int]) -> Iterator[str]:
    """Runs of three or more lines as `16 a 19`; shorter ones one by one."""
    run: list[int] = []
    for line in [*lines, None]:
        if line is not None and (not run or line == run[-1] + 1):
            run.append(line)
            continue
        if len(run) > 2:
            yield _("%(first)d a %(last)d") % {"first": run[0], "last": run[-1]}
        else:
            yield from map(str, run)
        run = [] if line is None else [line]
