"""Where things stand on disk."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("SIGPRET_VAR", ROOT / "var"))
POLICIES = ROOT / "policies" / "hn.toml"
CATALOGUES = ROOT / "catalogues" / "hn"
