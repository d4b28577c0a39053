"""`./sigpret test`: every test; those that need a browser are skipped where there is none."""

import os
import subprocess
import sys

from sigpret.config.database import ensure_database_url
from sigpret.config.paths import ROOT

WORKERS = "2"


def run(arguments: list[str]) -> int:
    """Run pytest in the project, in parallel unless told otherwise."""
    ensure_database_url(cluster="test-postgres", durable=False)
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    spread = [] if "-n" in arguments else ["-n", WORKERS, "--dist", "loadgroup"]
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    return subprocess.run(command, cwd=ROOT).returncode
