"""`./sigpret bench [NAME]`: runs the measurements of `bench/`, one line each."""

import importlib
import sys

from django.core.management import call_command

from sigpret.config.paths import ROOT

NAMES = (
    "read_plan", "national_evaluation", "board", "approve_path",
    "approve_one", "close_quarter", "hand_down", "rename_goal", "closing_day",
    "meeting_page", "execution_import", "plan_pdfs", "plan_page",
)  # fmt: skip


def run(arguments: list[str]) -> int:
    """Measure everything or what is named; 1 when a budget is missed, 2 for an unknown name."""
    unknown = [name for name in arguments if name not in NAMES]
    if unknown:
        print(f"No existe la medición «{unknown[0]}». Hay: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    # Pages name their static files by content, so they must have been collected.
    call_command("collectstatic", verbosity=0, interactive=False)
    kept = True
    for name in arguments or NAMES:
        for measurement in importlib.import_module(f"bench.{name}").measure():
            print(measurement, flush=True)
            kept = kept and measurement.is_kept
    return 0 if kept else 1
