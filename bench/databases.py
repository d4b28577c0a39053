"""Durable databases holding the demonstration at a scale, made once and reused."""

import hashlib
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from sigpret.config.paths import ROOT
from sigpret.demonstration import load_country

SOURCES = (
    "src/sigpret/demonstration",
    "src/sigpret/apps",
    "src/sigpret/methodology",
    "catalogues",
    "policies",
)
DATA = {".py", ".csv", ".toml"}


def bench_database(scale: int) -> None:
    """Point Django at a database that holds the demonstration country, `scale` times."""
    name = f"sigpret_bench_{scale}"
    stamp = fingerprint()
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        found = cursor.fetchone()
        if found and found[0] == stamp:
            return use(name)
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    use(name)
    print(f"# preparando el país ×{scale}…", file=sys.stderr, flush=True)
    call_command("migrate", verbosity=0)
    load_country(scale=scale)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(f"COMMENT ON DATABASE {name} IS '{stamp}'")
    return None


def use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def fingerprint() -> str:
    """Changes whenever the code that makes or shapes the data does."""
    digest = hashlib.sha256()
    for source in SOURCES:
        for path in sorted(Path(ROOT, source).rglob("*")):
            if path.suffix in DATA:
                digest.update(path.read_bytes())
    return digest.hexdigest()
