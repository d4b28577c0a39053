"""Is the product well? Named checks that other apps add to; one of them failing is a 503."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise

DATABASE = "database"
MINIMUM_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw; `detail` is shown to the administration and the audit only."""

    is_ok: bool
    detail: Text


@dataclass(frozen=True, slots=True)
class CheckResult:
    name: str
    label: Text
    is_ok: bool
    detail: Text


Check = Callable[[], Finding]

_CHECKS: dict[str, tuple[Text, Check]] = {}


def register(name: str, label: Text, check: Check) -> None:
    """Adds a check under a stable English name; the label is what people read."""
    _CHECKS[name] = (label, check)


def run_checks() -> tuple[CheckResult, ...]:
    """Every check in order of registration; a check that breaks the database is a failed check."""
    return tuple(_run(name, label, check) for name, (label, check) in _CHECKS.items())


def _run(name: str, label: Text, check: Check) -> CheckResult:
    try:
        finding = check()
    except (DatabaseError, OSError) as problem:
        finding = Finding(is_ok=False, detail=type(problem).__name__)
    return CheckResult(name, label, finding.is_ok, finding.detail)


def database_answers() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    version = connection.pg_version // 10000  # type: ignore[attr-defined]
    return Finding(is_ok=True, detail=f"PostgreSQL {version}")


def migrations_are_applied() -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        return Finding(is_ok=False, detail=_("Faltan %(n)d por aplicar") % {"n": missing})
    return Finding(is_ok=True, detail=_("Al día"))


def disk_has_room() -> Finding:
    folder = settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.MEDIA_ROOT.anchor
    free = shutil.disk_usage(folder).free
    detail = _("%(gb).1f GB libres") % {"gb": free / 1024**3}
    return Finding(is_ok=free >= MINIMUM_FREE_BYTES, detail=detail)


register(DATABASE, gettext_lazy("Base de datos"), database_answers)
register("migrations", gettext_lazy("Estructura de la base"), migrations_are_applied)
register("disk", gettext_lazy("Espacio en disco"), disk_has_room)
