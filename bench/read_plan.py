"""Time for twice the text of a plan report, from 1 to 10 MB, in every layout and with bad text."""

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count

from bench.measurement import Measurement
from sigpret.intake.checks.registry import check
from sigpret.intake.read_plan import read_plan_bytes

MEGABYTE = 1_000_000
PAIRS = ((1, 2), (5, 10))
BUDGET = 2.3
RUNS = 5
HEADER = """
PLAN ESTRATÉGICO Y OPERATIVO

Institución: 912 - Instituto Ficticio de Riberas
REPÚBLICA DE HONDURAS
SECRETARÍA DE FINANZAS
EJERCICIO: 2026
REP:R00822953
GESTIÓN:2026
03/02/2026 09:15:30 a.m.
"""
OBJECTIVE = """
OBJETIVO: {number} - Conservar las riberas de los ríos de la cuenca {number}.(PG-21)

Resultado: 1 - Reducidas las pérdidas por inundación en la cuenca {number}

Supuesto: Las lluvias se mantienen dentro de lo observado en treinta años

Población Objetivo: 184 - PUBLICAS

Objetivo Operativo: 1 Mantener en buen estado las obras de la cuenca {number}

"""
HEADING = ("Producto", "Unidad de Medida", "Periodicidad", "Producción Anual")
ROWS = 25


def tabs(objective: int) -> str:
    """Cells separated by tabs."""
    rows = ("\t".join(row) for row in _rows(objective))
    return "\n".join(["\t".join(HEADING), *rows, ""])


def columns(objective: int) -> str:
    """Names wrapped over two lines beside columns that move from table to table."""
    width = 70 + objective % 9
    lines = [f"{'Producto':{width}}{HEADING[1]:26}{HEADING[2]:20}{HEADING[3]}"]
    for name, unit, periodicity, output in _rows(objective):
        lines.append(f"{name[:60]:{width}}{unit:26}{periodicity:20}{output}")
        lines.append(name[60:].strip())
    return "\n".join([*lines, ""])


def cells(objective: int) -> str:
    """One cell per line."""
    return "\n".join([*HEADING, *(cell for row in _rows(objective) for cell in row if cell), ""])


def bad_text(objective: int) -> str:
    """Titles, dates, headings and labels where they do not belong."""
    traps = ("REPÚBLICA DE HONDURAS", "Producto", "01/01/2026", "12 - ", "Institución:", " " * 200)
    return "\n".join(trap for _ in range(ROWS) for trap in (*traps, f"línea {objective}"))


def _rows(objective: int) -> Iterator[tuple[str, str, str, str]]:
    for number in range(1, ROWS + 1):
        name = f"{number} - Obras de protección {number} de la cuenca {objective} terminadas según"
        output = "" if number % 3 == 0 else str(number)
        yield f"{name} el plan aprobado", "145 - REPORTE", "4 - Trimestral", output


def every_layout(objective: int) -> str:
    """The layouts take turns."""
    return (tabs, columns, cells)[objective % 3](objective)


def report(layout: Callable[[int], str], megabytes: int) -> bytes:
    """A report of that size, built of as many objectives as it takes."""
    parts = [HEADER]
    size = 0
    for number in count(1):
        part = OBJECTIVE.format(number=number) + layout(number)
        parts.append(part)
        size += len(part.encode())
        if size >= megabytes * MEGABYTE:
            return "".join(parts).encode()
    raise AssertionError


def read_and_check(data: bytes) -> None:
    """What the import screen does with a file."""
    outcome = read_plan_bytes(data)
    if outcome.document:
        check(outcome.document)


def medians(*files: bytes) -> list[float]:
    """Median processor seconds of each file, read in turns; reading waits for nothing else."""
    seconds: list[list[float]] = [[] for _ in files]
    for _ in range(RUNS):
        for data, kept in zip(files, seconds, strict=True):
            start = time.process_time()
            read_and_check(data)
            kept.append(time.process_time() - start)
    return [statistics.median(kept) for kept in seconds]


def measure() -> Iterator[Measurement]:
    """The worst ratio, over the sizes, of good and of bad text."""
    worst, note = 0.0, ""
    for layout in (every_layout, bad_text):
        for small, large in PAIRS:
            once, twice = report(layout, small), report(layout, large)
            seconds = medians(once, twice)
            ratio = seconds[1] / seconds[0] / (len(twice) / len(once)) * 2
            if ratio > worst:
                worst = ratio
                note = f"{layout.__name__}, {small} -> {large} MB, {seconds[1]:.1f} s"
    yield Measurement("read_plan", worst, BUDGET, note)
