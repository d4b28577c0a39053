"""What comes with the form of a change: files to attach, and the reason written so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.planning.actions.change_files import attach_change_file, keep_reason
from sigpret.apps.planning.actions.reprogramming import ChangeError


def keep_typed(request: HttpRequest, change_id: int) -> None:
    """The reason goes along with every button of the form. Raises ChangeError."""
    keep_reason(change_id=change_id, reason=request.POST.get("text", ""), **who(request))


def bring_papers(request: HttpRequest, change_id: int) -> tuple[int, tuple[str, ...]]:
    """How many papers were attached, and why the others were not; each on its own."""
    attached, problems = 0, []
    files: Any = request.FILES.getlist("archivo")
    for file in files:
        try:
            attached += attach_change_file(
                change_id=change_id,
                name=file.name or "",
                file=file,
                is_public="publico" in request.POST,
                **who(request),
            )
        except (RefusedEvidenceError, ChangeError) as refusal:
            problems.append(f"{file.name}: {refusal}")
    return attached, tuple(problems)


def who(request: Any) -> dict[str, Any]:
    return {"actor": request.user, "access": request.access, "at": request.now}
