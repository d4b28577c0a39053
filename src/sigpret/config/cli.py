"""The command line: `./sigpret COMMAND`. Reading and computing never start Django."""

import importlib
import os
import sys

USAGE = """\
SIGPRET · gestión pública por resultados

  ./sigpret demo [--port N] [--no-serve] [--reset]   la demostración, con un país ficticio
  ./sigpret test [...]                               las pruebas
  ./sigpret check                                    estilo, tipos y contratos
  ./sigpret bench [NOMBRE]                           las mediciones de velocidad
  ./sigpret read_plan ARCHIVO [--json]               lee un reporte R00822953 (texto o PDF)
  ./sigpret compute ARCHIVO.json                     calcula cumplimientos con la metodología
  ./sigpret evaluate --as-of FECHA [--json]          evalúa el país a una fecha
  ./sigpret audit verify                             comprueba la bitácora
  ./sigpret serve [--port N]                         sirve el producto
  ./sigpret manage ...                               las órdenes de Django
"""

#: Command -> module with `run(arguments) -> int`.
COMMANDS = {
    "demo": "sigpret.config.commands.demo",
    "serve": "sigpret.config.commands.serve",
    "test": "sigpret.config.commands.test",
    "check": "sigpret.config.commands.check",
    "bench": "sigpret.config.commands.bench",
    "manage": "sigpret.config.commands.manage",
    "evaluate": "sigpret.config.commands.evaluate",
    "audit": "sigpret.config.commands.audit",
    "read_plan": "sigpret.intake.read_plan",
    "compute": "sigpret.methodology.compute",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 when it was asked wrongly or refused."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in {"-h", "--help", "ayuda"}:
        print(USAGE)
        return 0 if given else 2
    if given[0] not in COMMANDS:
        print(f"No existe la orden «{given[0]}». Las que hay:\n\n{USAGE}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sigpret.config.settings")
    try:
        return int(importlib.import_module(COMMANDS[given[0]]).run(given[1:]))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
