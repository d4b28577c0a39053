"""The child process of `reading`: limits itself, reads one file from standard input, answers."""

from __future__ import annotations

import json
import resource
import sys

from sigpret.intake.read_plan import read_plan_bytes

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 10
# The reader of PDF starts a process of its own, which sets itself this limit.
PROCESSOR_SECONDS_OF_ANY_CHILD = 60
OPEN_FILES = 64


def limit() -> None:
    """Memory, processor time and open files are bounded; no file can be written, no core dumped."""
    bounds = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        resource.setrlimit(kind, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS_OF_ANY_CHILD))


def main() -> None:
    """Answer `{"document": …|null, "findings": […]}` for the request on standard input."""
    limit()
    request = json.loads(sys.stdin.buffer.readline())
    outcome = read_plan_bytes(sys.stdin.buffer.read(), request["filename"])
    answer = {
        "document": outcome.document.to_json() if outcome.document else None,
        "findings": [finding.to_json() for finding in outcome.findings],
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
