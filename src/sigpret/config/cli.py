"""The command line: `./sigpret COMMAND`. Reading and computing never start Django."""

import importlib
import os
import sys
import warnings
from typing import NamedTuple

USAGE = """\
SIGPRET · gestión pública por resultados

  ./sigpret demo [--port N] [--no-serve] [--reset]   la demostración, con un país ficticio
  ./sigpret test [...]                               las pruebas
  ./sigpret check                                    estilo, tipos y contratos
  ./sigpret bench [NOMBRE]                           las mediciones de velocidad
  ./sigpret read_plan ARCHIVO [--json]               lee un reporte R00822953 (texto o PDF)
  ./sigpret compute ARCHIVO.json                     calcula cumplimientos con la metodología
  ./sigpret load_catalogues                          carga instituciones, sectores y códigos
  ./sigpret give_role CORREO PAPEL [...]             da un papel a una persona
  ./sigpret open_round TRIMESTRE [--closes MOMENTO]  abre un trimestre a los reportes
  ./sigpret evaluate --as-of FECHA [--json]          evalúa el país a una fecha
  ./sigpret audit verify [--closing TRIMESTRE]       comprueba la bitácora o un cierre
  ./sigpret audit verify --evidence                  comprueba los archivos de evidencia
  ./sigpret audit verify --matrix [N]                comprueba las versiones de la matriz
  ./sigpret serve [--port N]                         sirve el producto
  ./sigpret worker [--once]                          envía correos y recordatorios
  ./sigpret manage ...                               las órdenes de Django
"""


class Command(NamedTuple):
    """A module with `run(arguments) -> int`, and what must be ready before it is imported."""

    module: str
    needs_django: bool = False


COMMANDS = {
    "demo": Command("sigpret.config.commands.demo", needs_django=True),
    "serve": Command("sigpret.config.commands.serve", needs_django=True),
    "worker": Command("sigpret.config.commands.worker", needs_django=True),
    "manage": Command("sigpret.config.commands.manage", needs_django=True),
    "load_catalogues": Command("sigpret.config.commands.load_catalogues", needs_django=True),
    "give_role": Command("sigpret.config.commands.give_role", needs_django=True),
    "open_round": Command("sigpret.config.commands.open_round", needs_django=True),
    "evaluate": Command("sigpret.config.commands.evaluate", needs_django=True),
    "audit": Command("sigpret.config.commands.audit", needs_django=True),
    "bench": Command("sigpret.config.commands.bench", needs_django=True),
    "test": Command("sigpret.config.commands.test"),
    "check": Command("sigpret.config.commands.check"),
    "read_plan": Command("sigpret.intake.read_plan"),
    "compute": Command("sigpret.methodology.compute"),
}
SECRETS = {"SIGPRET_SECRET_KEY", "SIGPRET_SECRET_KEY_FILE"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 when it was asked wrongly or refused."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in {"-h", "--help", "ayuda"}:
        print(USAGE)
        return 0 if given else 2
    name, *rest = given
    if name not in COMMANDS:
        print(f"No existe la orden «{name}». Las que hay:\n\n{USAGE}", file=sys.stderr)
        return 2
    if COMMANDS[name].needs_django and (problem := why_not_to_start(name)):
        print(problem, file=sys.stderr)
        return 2
    try:
        if COMMANDS[name].needs_django:
            start_django(name)
        return int(importlib.import_module(COMMANDS[name].module).run(rest))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def why_not_to_start(name: str) -> str:
    """Why this command cannot know where it is; empty when it does.

    Only a machine where nothing is configured is taken for the demonstration: on somebody's
    database its invented clock would judge real deadlines, and serving its one-click sign-in
    by accident must not be possible.
    """
    if is_demo(name) or SECRETS & os.environ.keys():
        return ""
    if name == "serve" or os.environ.get("DATABASE_URL"):
        return (
            "Defina SIGPRET_SECRET_KEY_FILE (o SIGPRET_SECRET_KEY), como dice el manual de "
            "instalación, o SIGPRET_DEMO=1 si esta es la demostración."
        )
    return ""


def is_demo(name: str) -> bool:
    return name == "demo" or os.environ.get("SIGPRET_DEMO") == "1"


def start_django(name: str) -> None:
    """Start the database and Django, so that a command's module may import models.

    Where nothing is configured every command works on the demonstration.
    """
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sigpret.config.settings")
    if is_demo(name) or not SECRETS & os.environ.keys():
        os.environ["SIGPRET_DEMO"] = "1"
    importlib.import_module("sigpret.config.database").ensure_database_url()
    importlib.import_module("django").setup()


if __name__ == "__main__":
    sys.exit(main())
