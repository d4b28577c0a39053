"""A plan file to a document or to the reasons why not; also the command `./sigpret read_plan`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.checks.registry import check, check_reading
from sigpret.intake.readers.pdf_file import is_pdf, read_pdf_lines
from sigpret.intake.readers.plan_report import read_plan_report
from sigpret.intake.readers.problems import RefusalError, shortened
from sigpret.intake.readers.text_file import SIZE_LIMIT, check_size, read_lines
from sigpret.intake.rows import Finding, PlanDocument, Severity, error
from sigpret.intake.summary import summary

CATALOGUES = Path(__file__).parents[3] / "catalogues" / "hn"
READ, REFUSED = 0, 2
JSON_OPTION = "--json"
USAGE = "Uso: ./sigpret read_plan ARCHIVO [--json]"


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What came of a file: a document with warnings, or no document and the errors."""

    document: PlanDocument | None
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """As published in plan_report.schema.json; a refusal claims nothing but its findings."""
        document = self.document.to_json() if self.document else {}
        return {**document, "findings": [finding.to_json() for finding in self.findings]}


def read_plan_bytes(data: bytes, filename: str = "") -> ReadOutcome:
    """Read a R00822953 report; its type is told by its content, never by `filename`.

    The findings are those of the pages themselves. What a planner should look at in the plan comes
    from `checks.registry.check(document, catalogue)`.
    """
    del filename
    try:
        check_size(data)
        lines = read_pdf_lines(data) if is_pdf(data) else read_lines(data)
        reading = read_plan_report(lines)
    except RefusalError as refusal:
        return ReadOutcome(None, refusal.findings)
    findings = check_reading(reading)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        return ReadOutcome(None, tuple(shortened(errors)))
    return ReadOutcome(reading.document, findings)


def read_plan_file(path: Path) -> ReadOutcome:
    """`read_plan_bytes` of a file, which need not exist."""
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError:
        message = f"No se pudo abrir el archivo «{path}»; revise el nombre y los permisos."
        return ReadOutcome(None, (error("unreadable_file", None, message),))
    return read_plan_bytes(data, path.name)


def run(arguments: list[str]) -> int:
    """`./sigpret read_plan FILE [--json]`: 0 when the plan could be read, 2 when refused."""
    files = [argument for argument in arguments if argument != JSON_OPTION]
    if len(files) != 1 or files[0].startswith("--"):
        print(USAGE, file=sys.stderr)
        return REFUSED
    outcome = read_plan_file(Path(files[0]))
    if outcome.document:
        planned = check(outcome.document, Catalogue.load(CATALOGUES))
        outcome = ReadOutcome(outcome.document, outcome.findings + planned)
    _show(outcome, as_json=JSON_OPTION in arguments)
    return READ if outcome.document else REFUSED


def _show(outcome: ReadOutcome, *, as_json: bool) -> None:
    encoding = sys.stdout.encoding or "ascii"
    if as_json:
        # A terminal that cannot print an accent still gets the exact value, escaped.
        escaped = not encoding.lower().startswith("utf")
        print(json.dumps(outcome.to_json(), ensure_ascii=escaped, indent=2))
    else:
        text = summary(outcome.document, outcome.findings)
        print(text.encode(encoding, "replace").decode(encoding))
