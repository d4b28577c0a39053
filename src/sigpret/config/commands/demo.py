"""`./sigpret demo`: a fictitious country, ready to be used by every role."""

import os
import shutil
import sys
from datetime import UTC, datetime

from django.apps import apps
from django.conf import settings
from django.db import connection

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Institution
from sigpret.config.commands import serve
from sigpret.config.commands.arguments import Arguments
from sigpret.demonstration import NotEmptyError, accounts_by_role, is_loaded, load_country

BAR_WIDTH = 28


class NotDemonstrationError(Exception):
    """The database is not the demonstration's to empty; its text says why."""


def run(arguments: list[str]) -> int:
    """Load the demonstration if it is not there, and serve it."""
    parser = Arguments("demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="carga y termina")
    parser.add_argument("--reset", action="store_true", help="vuelve a empezar de cero")
    parser.add_argument("--seed", type=int, default=414, help="semilla del país ficticio")
    options = parser.parse_args(arguments)
    if not options.no_serve and not serve.port_is_free(options.port):
        print(f"El puerto {options.port} está ocupado. Elija otro con --port.", file=sys.stderr)
        return 1
    try:
        if options.reset:
            start_over()
        serve.prepare()
        load(options.seed)
    except (NotDemonstrationError, NotEmptyError) as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.no_serve:
        print("La demostración está cargada. Ábrala con: ./sigpret demo")
        return 0
    announce(options.port)
    # The servers read it when they start, so that all of them tell the same time.
    os.environ["SIGPRET_DEMO_STARTED"] = datetime.now(UTC).isoformat()
    os.environ.setdefault("SIGPRET_URL", f"http://{serve.HOST}:{options.port}")
    return serve.serve(options.port)


def start_over() -> None:
    """Empty the database and the mail of before. Raises NotDemonstrationError when not its own."""
    check_may_be_emptied()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    shutil.rmtree(settings.OUTBOX, ignore_errors=True)


def check_may_be_emptied() -> None:
    """Only an empty database or the demonstration's own may be emptied."""
    found = set(connection.introspection.table_names(include_views=True))
    if not found:
        return
    labels = {app.label for app in apps.get_app_configs()} | {"django", "shared"}
    if strange := sorted(name for name in found if name.partition("_")[0] not in labels):
        raise NotDemonstrationError(
            f"Esta base de datos tiene tablas que no son de SIGPRET ({strange[0]}): no se borra."
        )
    if not found >= {model._meta.db_table for model in (User, AuditEvent, Institution)}:
        raise NotDemonstrationError("Esta base de datos no es la demostración: no se borra.")
    if User.objects.filter(is_demo=False).exists():
        raise NotDemonstrationError("Esta base de datos tiene personas reales: no se borra.")
    if not is_loaded() and (AuditEvent.objects.exists() or Institution.objects.exists()):
        raise NotDemonstrationError("Esta base de datos no es la demostración: no se borra.")


def load(seed: int) -> None:
    """Load the country with a progress bar; does nothing when it is already there."""
    if is_loaded():
        return
    load_country(seed=seed, progress=show_progress)
    print(file=sys.stderr)


def show_progress(step: str, done: int, total: int) -> None:
    """Draw `step` as a bar; one line per step where there is no terminal."""
    if not sys.stderr.isatty():
        if done == total:
            print(f"  {step}", file=sys.stderr)
        return
    filled = BAR_WIDTH * done // max(total, 1)
    bar = "█" * filled + "░" * (BAR_WIDTH - filled)
    print(f"\r  {bar} {100 * done // max(total, 1):3} %  {step:<40.40}", end="", file=sys.stderr)


def announce(port: int) -> None:
    """Say where it is, who may enter, and how to stop it."""
    print(f"\n  SIGPRET · Datos ficticios de demostración\n\n  http://{serve.HOST}:{port}\n")
    print("  Entre con un clic como cualquiera de estas personas, en «Ingresar»:")
    for account in accounts_by_role():
        print(f"    {account.name:<26} {account.description}")
    print("\n  Para detenerla: Ctrl C. Para empezar de cero: ./sigpret demo --reset\n", flush=True)
