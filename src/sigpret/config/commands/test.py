"""`./sigpret test`: every test; those that need a browser are skipped where there is none."""

import os
import subprocess
import sys

from sigpret.config.database import ensure_database_url
from sigpret.config.paths import ROOT

#: Everything but the browser's tests, on both cores; then those, one after another: they share
#: one server and one country, and a journey has an order.
EVERYTHING = (["-n", "2", "--ignore", "tests/functional"], ["tests/functional"])


def run(arguments: list[str]) -> int:
    """Run pytest in the project: everything, or what the arguments say."""
    ensure_database_url(cluster="test-postgres", durable=False)
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    parts = [arguments] if arguments else EVERYTHING
    return max(run_pytest(part) for part in parts)


def run_pytest(arguments: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT).returncode
