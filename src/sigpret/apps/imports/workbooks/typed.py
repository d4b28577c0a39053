"""A cell as its column needs it: one number, one text, one option; or why not. Never a guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.problems import Cause, CellProblemError, Problem
from sigpret.intake.workbooks.cells import CellKind, ReadCell
from sigpret.intake.workbooks.table import folded
from sigpret.web.formats import NBSP, TypedNumberError, format_number, parse_number

LARGEST = Decimal(10) ** 15
DECIMALS = 4


def number_of(cell: ReadCell) -> Decimal | None:
    """The number of a cell; None for a blank. Raises CellProblemError.

    A number typed as text is read as one typed on the screen: `1.200` is asked for. A cell that
    Excel shows as a percentage is asked for too, because it holds 0.61 where 61 is meant.
    """
    check_is_plain(cell)
    if cell.kind is CellKind.PERCENT:
        raise percent_problem(cell)
    if cell.kind is CellKind.NUMBER:
        return checked(Decimal(cell.text))
    try:
        number = parse_number(cell.text)
    except TypedNumberError as problem:
        raise refused(Cause.NUMBER, str(problem), problem.suggestion) from problem
    return None if number is None else checked(number)


def text_of(cell: ReadCell) -> str:
    """The text of a cell, in one form of its accents. Raises CellProblemError."""
    check_is_plain(cell)
    return unicodedata.normalize("NFC", cell.text).strip()


def option_of(cell: ReadCell, options: Iterable[tuple[str, str]]) -> str:
    """The code of an option written by its label, or by its code. Raises CellProblemError."""
    typed = text_of(cell)
    labels: Mapping[str, str] = {folded(label): label for _code, label in options}
    codes = {folded(label): code for code, label in options} | {
        folded(code): code for code, _label in options
    }
    if not typed:
        return ""
    if folded(typed) in codes:
        return codes[folded(typed)]
    near = get_close_matches(folded(typed), list(labels), n=1, cutoff=0.5)
    raise refused(
        Cause.CHOICE,
        _("«%(typed)s» no está en la lista de la hoja Catálogos.") % {"typed": typed[:60]},
        labels[near[0]] if near else "",
    )


def checked(number: Decimal) -> Decimal:
    """A number that can be stored without altering it. Raises CellProblemError."""
    if not number.is_finite() or abs(number) >= LARGEST:
        raise refused(Cause.RANGE, _("El número es demasiado grande. Revise la unidad."))
    if number != round(number, DECIMALS):
        raise refused(
            Cause.RANGE,
            _("Escriba a lo sumo cuatro decimales."),
            format_number(round(number, DECIMALS), DECIMALS),
        )
    return number


def check_is_plain(cell: ReadCell) -> None:
    """Nothing a spreadsheet computes or turned into something else. Raises CellProblemError."""
    if cell.kind is CellKind.FORMULA:
        raise refused(
            Cause.FORMULA,
            _("La celda tiene una fórmula (%(formula)s). Copie y pegue sólo su valor.")
            % {"formula": cell.text[:60]},
        )
    if cell.kind is CellKind.ERROR:
        raise refused(
            Cause.FORMULA, _("Excel muestra el error %(text)s.") % {"text": cell.text[:20]}
        )
    if cell.kind is CellKind.DATE:
        raise refused(
            Cause.DATE,
            _("Excel convirtió el dato en una fecha (%(date)s). Escríbalo otra vez.")
            % {"date": cell.text[:10]},
        )
    if cell.kind is CellKind.BOOLEAN:
        raise refused(Cause.NUMBER, _("La celda dice VERDADERO o FALSO. Escriba el dato."))


def percent_problem(cell: ReadCell) -> CellProblemError:
    whole = format_number(Decimal(cell.text) * 100, DECIMALS).rstrip("0").rstrip(".")
    return refused(
        Cause.PERCENT,
        _("La celda tiene formato de porcentaje: Excel guarda %(stored)s y muestra %(shown)s. "
          "¿Quiso decir %(whole)s?")
        % {"stored": cell.text, "shown": f"{whole}{NBSP}%", "whole": whole},
        whole,
    )  # fmt: skip


def refused(cause: Cause, sentence: str, suggestion: str = "") -> CellProblemError:
    return CellProblemError(Problem(cause, sentence, suggestion))


def shown(cell: ReadCell) -> str:
    """What the person saw in the cell, more or less: to be shown back."""
    if cell.kind is CellKind.PERCENT:
        return f"{format_number(Decimal(cell.text) * 100)}{NBSP}%"
    return cell.text
