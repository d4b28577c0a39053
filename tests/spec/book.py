"""How a test becomes a paragraph: the table in its docstring is both its cases and its example."""

import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

from sigpret.methodology.measure import Accumulation, AcrossYears, Sense
from sigpret.methodology.policy import PARAMETERS
from sigpret.methodology.status import Status
from sigpret.methodology.values import plain
from tests.methodology.examples import POLICY, ROOT

FOLDER = ROOT / "docs" / "metodologia"
CHAPTERS = tuple(path.stem for path in sorted(Path(__file__).parent.glob("test_[0-9][0-9]_*.py")))
NOTICE = (
    "<!-- Se imprime con `PYTHONPATH=src python -m tests.spec`; corrija tests/spec, no aquí. -->"
)
INDEX = """\
{notice}

# Manual metodológico

Cómo se calcula cada número del sistema, con ejemplos resueltos. Cada tabla de este manual es una
prueba: si el cálculo deja de dar lo que aquí dice, el sistema no se publica. En las tablas, «—» es
un dato que falta, que nunca equivale a cero, y «83.33…» es un número exacto del que se escriben
las primeras cifras.

## Capítulos

{chapters}

## Parámetros vigentes

Versión {version}. Son datos: se cambian agregando una versión con su fecha en `policies/hn.toml`,
y cada evaluación guarda la versión que usó.

| parámetro | valor | fuente |
|---|---:|---|
{parameters}
"""
RULE = re.compile(r"\|[\s:|-]+\|")

STATUSES = {
    "en ruta": Status.ON_TRACK,
    "en riesgo": Status.AT_RISK,
    "rezagada": Status.BEHIND,
    "sobrecumplida": Status.EXCEEDED,
    "sin reporte": Status.NOT_REPORTED,
    "no vence": Status.NOT_DUE,
    "sin denominador": Status.NO_DENOMINATOR,
}
SENSES = {
    "ascendente": Sense.ASCENDING,
    "descendente": Sense.DESCENDING,
    "mantener": Sense.MAINTAIN,
}
ACCUMULATIONS = {
    "suma": Accumulation.SUM,
    "último valor": Accumulation.LAST,
    "promedio": Accumulation.AVERAGE,
    "máximo": Accumulation.MAXIMUM,
}
KINDS = {
    "acumulado": AcrossYears.CUMULATIVE,
    "flujo": AcrossYears.FLOW,
    "stock": AcrossYears.STOCK,
    "capacidad": AcrossYears.CAPACITY,
    "reducción": AcrossYears.REDUCTION,
    "reducción anual": AcrossYears.ANNUAL_REDUCTION,
    "—": None,
}
Test = TypeVar("Test", bound=Callable[..., None])


def paragraph(test: Test) -> Test:
    """Run the test once per row of its table, cells in the order of its parameters."""
    names = list(inspect.signature(test).parameters)
    rows = table_in(inspect.getdoc(test) or "")
    assert rows, f"{test.__name__} has no table"
    assert all(len(row) == len(names) for row in rows), f"{test.__name__}: cells and parameters"
    ids = [" | ".join(row) for row in rows]
    marked: Test = pytest.mark.parametrize(names, rows, ids=ids)(test)
    return marked


def table_in(text: str) -> list[tuple[str, ...]]:
    """The rows of the Markdown table of a text, without its header."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    body = [line for line in lines[1:] if not RULE.fullmatch(line)]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in body]


def pages() -> dict[Path, str]:
    """Every page of the manual, by where it stands."""
    chapters = [import_module(f"tests.spec.{name}") for name in CHAPTERS]
    written = {
        FOLDER / page_name(name): chapter_text(number, chapter)
        for number, (name, chapter) in enumerate(zip(CHAPTERS, chapters, strict=True), start=1)
    }
    return {FOLDER / "README.md": index_text(chapters), **written}


def page_name(chapter: str) -> str:
    """`test_03_one_measure` is printed as `03_one_measure.md`."""
    return f"{chapter.removeprefix('test_')}.md"


def chapter_text(number: int, chapter: ModuleType) -> str:
    title, _, introduction = (inspect.getdoc(chapter) or "").partition("\n")
    sections = [
        section_text(f"{number}.{place}", inspect.getdoc(test) or "")
        for place, test in enumerate(paragraphs_of(chapter), start=1)
    ]
    return "\n\n".join([NOTICE, f"# {number}. {title}", introduction.strip(), *sections]) + "\n"


def paragraphs_of(chapter: ModuleType) -> list[Callable[..., None]]:
    """The tests of a chapter that have something to tell, in the order they are written."""
    return [
        value
        for name, value in vars(chapter).items()
        if name.startswith("test_") and inspect.isfunction(value) and value.__doc__
    ]


def section_text(number: str, text: str) -> str:
    title, _, body = text.partition("\n")
    return f"## {number} {title}\n\n{body.strip()}"


def index_text(chapters: list[ModuleType]) -> str:
    titles = [(inspect.getdoc(chapter) or "").splitlines()[0] for chapter in chapters]
    entries = [
        f"{number}. [{title}]({page_name(name)})"
        for number, (name, title) in enumerate(zip(CHAPTERS, titles, strict=True), start=1)
    ]
    rows = [f"| `{name}` | {parameter(name)} | {POLICY.sources[name]} |" for name in PARAMETERS]
    return INDEX.format(
        notice=NOTICE,
        chapters="\n".join(entries),
        version=POLICY.version,
        parameters="\n".join(rows),
    )


def parameter(name: str) -> str:
    value = getattr(POLICY, name)
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, str | int) else plain(value)
