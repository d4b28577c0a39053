"""Publishing the matrix: what it says today, kept row by row under a number."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.apps.results.actions.turns import hold_matrix
from sigpret.apps.results.models import MatrixVersion, MatrixVersionRow
from sigpret.apps.results.permissions import check_keeps_matrix
from sigpret.apps.results.queries.digests import PUBLISHED, digest_of
from sigpret.apps.results.queries.findings import country_problems
from sigpret.apps.results.queries.versions import Content, current_content
from sigpret.methodology.matrix import Problem, Severity

NOTE_LENGTH = 500


class MatrixErrorsError(Exception):
    """The matrix has errors and is not published; `problems` are the errors, each a sentence."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            ngettext(
                "La matriz tiene %(count)d error. Corríjalo antes de publicar.",
                "La matriz tiene %(count)d errores. Corríjalos antes de publicar.",
                len(problems),
            )
            % {"count": len(problems)}
        )
        self.problems = problems


class NothingChangedError(Exception):
    """The last version already says this, or no note was written."""


@transaction.atomic
def publish_matrix(*, actor: User | None, access: Access, note: str, at: datetime) -> MatrixVersion:
    """Keep the matrix of the whole country as the next version.

    Warnings are published with it; errors refuse. `note` says what changed. `actor` None is the
    system. Raises PermissionDenied, MatrixErrorsError, and NothingChangedError when the last
    version says the same (so a second click or person publishes nothing) or the note is empty.
    """
    check_keeps_matrix(access)
    hold_matrix()
    if not note.strip() or len(note) > NOTE_LENGTH:
        raise NothingChangedError(_("Escriba qué cambió, en 1 a 500 caracteres."))
    last = MatrixVersion.objects.order_by("-number").first()
    found = country_problems()
    errors = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    if errors:
        raise MatrixErrorsError(errors)
    content = current_content()
    if last is not None and last.digest == digest_of(content):
        raise NothingChangedError(
            _("La matriz dice lo mismo que la versión %(number)d: no hay nada que publicar.")
            % {"number": last.number}
        )
    number = last.number + 1 if last else 1
    return keep_version(number, content, actor=actor, note=note, at=at, warnings=len(found))


def keep_version(
    number: int,
    content: dict[str, Content],
    *,
    actor: User | None,
    note: str,
    at: datetime,
    warnings: int = 0,
) -> MatrixVersion:
    """Write a version and its rows, whoever decided that they are right."""
    version = MatrixVersion.objects.create(
        number=number,
        published_at=at,
        published_by=actor,
        note=note.strip(),
        digest=digest_of(content),
    )
    write_rows(version, content)
    record(
        actor=actor,
        action=PUBLISHED,
        subject_type="matrix",
        subject_id=version.number,
        payload={
            "number": version.number,
            "goals": len(content),
            "digest": version.digest,
            "note": version.note,
            "warnings": warnings,
        },
    )
    return version


def write_rows(version: MatrixVersion, content: dict[str, Content]) -> None:
    copy_rows(
        MatrixVersionRow,
        ("version", "goal_code", "level", "content"),
        [
            (version.pk, code, row["level"], json.dumps(row, ensure_ascii=False))
            for code, row in content.items()
        ],
    )
