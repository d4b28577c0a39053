"""The diagram of the states in the documentation is the one the workflow draws."""

import os
from pathlib import Path

from sigpret.apps.monitoring.workflow import TRANSITIONS, arrow, document

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "docs" / "reference" / "report-states.md"


def test_the_document_of_the_states_is_current():
    """Run with SIGPRET_WRITE_DOCS=1 to write it again."""
    if os.environ.get("SIGPRET_WRITE_DOCS") == "1":
        DOCUMENT.write_text(document(), encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def test_every_transition_is_drawn_with_its_rule():
    drawn = document()
    for step in TRANSITIONS:
        assert f"    {arrow(step)}: " in drawn
        assert step.rule in drawn
