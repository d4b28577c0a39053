"""`./sigpret load_catalogues`: the country's structure and codes, from its files."""

from pathlib import Path

from django.db import ProgrammingError

from sigpret.apps.institutions.actions import load_catalogues
from sigpret.apps.institutions.catalogues import CatalogueError, read_catalogues
from sigpret.apps.institutions.queries import Access
from sigpret.config.commands.arguments import NOT_PREPARED, Arguments, refuse
from sigpret.config.paths import CATALOGUES

LABELS = {
    "structure": "ejes, bloques y sectores",
    "institutions": "instituciones",
    "codes": "unidades, periodicidades y poblaciones",
    "frameworks": "marcos de desarrollo y sus objetivos",
    "parts": "desagregaciones y sus categorías",
    "themes": "temas transversales",
    "holidays": "días feriados",
    "budget": "objetos del gasto, fuentes y organismos financiadores",
}


def run(arguments: list[str]) -> int:
    """Load or correct the catalogues; 2 with a sentence when the files cannot be used."""
    parser = Arguments("load_catalogues", "Carga los catálogos; repetirla sólo corrige.")
    parser.add_argument("--folder", type=Path, default=CATALOGUES, help="carpeta de los CSV")
    options = parser.parse_args(arguments)
    try:
        loaded = load_catalogues(actor=None, access=Access(), files=read_catalogues(options.folder))
    except CatalogueError as problem:
        return refuse(problem)
    except ProgrammingError:
        return refuse(NOT_PREPARED)
    for name, count in loaded.items():
        print(f"{LABELS[name]}: {count.added} nuevas, {count.changed} corregidas")
    return 0
