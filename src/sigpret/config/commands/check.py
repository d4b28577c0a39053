"""`./sigpret check`: style, types, contracts, migrations and deployment settings."""

import os
import subprocess
import sys

from sigpret.config.database import ensure_database_url
from sigpret.config.paths import ROOT

SECRETS = {"SIGPRET_SECRET_KEY", "SIGPRET_SECRET_KEY_FILE"}
#: A site to check the settings with, on a machine that is none.
SAMPLE_SITE = {
    "SIGPRET_DEMO": "0",
    "SIGPRET_SECRET_KEY": "k7-only-to-check-the-settings-" + "x1Y2z3W4" * 5,
    "SIGPRET_HOSTS": "sigpret.example.hn",
}
CHECKS: tuple[tuple[str, list[str], dict[str, str]], ...] = (
    ("estilo", ["ruff", "check", "."], {}),
    ("formato", ["ruff", "format", "--check", "--quiet", "."], {}),
    ("contratos", ["lint-imports"], {}),
    ("tipos", ["mypy", "src/sigpret"], {}),
    ("migraciones", ["django", "makemigrations", "--check", "--dry-run"], {"SIGPRET_DEMO": "1"}),
    ("despliegue", ["django", "check", "--deploy", "--fail-level", "WARNING"], {}),
)


def run(arguments: list[str]) -> int:
    """Run every check, or those named; 1 when any fails, after all ran; 2 for an unknown name."""
    names = [name for name, _, _ in CHECKS]
    if unknown := [name for name in arguments if name not in names]:
        print(f"No existe «{unknown[0]}». Hay: {', '.join(names)}", file=sys.stderr)
        return 2
    ensure_database_url(cluster="test-postgres", durable=False)
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "sigpret.config.settings"
    failed = [
        name
        for name, command, settings in CHECKS
        if (not arguments or name in arguments) and not passes(name, command, settings)
    ]
    print(f"Fallaron: {', '.join(failed)}" if failed else "Todo en orden.")
    return 1 if failed else 0


def passes(name: str, command: list[str], settings: dict[str, str]) -> bool:
    print(f"· {name}", flush=True)
    if name == "despliegue":
        settings = site()
    tool, *rest = command
    # lint-imports is a script without a module of its own name.
    start = (
        [os.path.join(os.path.dirname(sys.executable), tool)]
        if tool == "lint-imports"
        else [sys.executable, "-m", tool]
    )
    return subprocess.run([*start, *rest], cwd=ROOT, env=os.environ | settings).returncode == 0


def site() -> dict[str, str]:
    """What to add to the environment so that the deployment check sees a real site.

    Nothing where a site is configured: what is checked is that very one.
    """
    return {} if SECRETS & os.environ.keys() else SAMPLE_SITE
