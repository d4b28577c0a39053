"""Is what a published version keeps still what was published?"""

import hashlib
import json
from dataclasses import dataclass

from sigpret.apps.audit.queries import events_about
from sigpret.apps.results.models import MatrixVersion
from sigpret.apps.results.queries.versions import Content, version_content

PUBLISHED = "results.matrix_published"


@dataclass(frozen=True, slots=True)
class VersionVerdict:
    """A version with its own digest, and what does not agree with it; texts for people."""

    number: int
    digest: str
    problems: tuple[str, ...]


def digest_of(content: dict[str, Content]) -> str:
    """SHA-256 of the rows as canonical JSON: the same matrix always gives the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify_versions(*numbers: int) -> tuple[VersionVerdict, ...]:
    """Each published version, oldest first, read whole; of none in particular, all of them."""
    rows = MatrixVersion.objects.order_by("number")
    if numbers:
        rows = rows.filter(number__in=numbers)
    return tuple(verdict_of(version) for version in rows)


def verify_last_version() -> VersionVerdict | None:
    """The last published version; None before the first."""
    last = MatrixVersion.objects.order_by("-number").first()
    return verdict_of(last) if last else None


def verdict_of(version: MatrixVersion) -> VersionVerdict:
    """The rows against the digest of the version, and that against what the chain says."""
    problems = []
    found = digest_of(version_content(version.number))
    if found != version.digest:
        problems.append(f"Lo guardado cambió: su huella es ahora {found}.")
    events = events_about("matrix", version.number)
    recorded = [json.loads(one.payload)["digest"] for one in events if one.action == PUBLISHED]
    if recorded != [version.digest]:
        said = ", ".join(recorded) or "ninguna"
        problems.append(f"La bitácora dice otra huella de esta versión: {said}.")
    return VersionVerdict(version.number, version.digest, tuple(problems))
