"""What the settings say of a real site, seen from a process of its own."""

import json
import subprocess
import sys

from tests.repository.sources import ROOT

SITE = {
    "SIGPRET_SECRET_KEY": "una-clave",
    "SIGPRET_HOSTS": "sigpret.example.hn",
    "PYTHONPATH": str(ROOT / "src"),
    "PATH": "/usr/bin",
}


def settings_of(*names: str, **environment: str) -> dict[str, object]:
    code = (
        "import json; from sigpret.config import settings; "
        f"print(json.dumps({{name: getattr(settings, name, None) for name in {names!r}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=SITE | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_behind_a_proxy_each_person_has_a_count_of_their_own():
    told = settings_of("ALLAUTH_TRUSTED_PROXY_COUNT", SIGPRET_BEHIND_PROXY="1")
    assert told == {"ALLAUTH_TRUSTED_PROXY_COUNT": 1}


def test_without_a_proxy_nobody_says_where_they_come_from():
    told = settings_of("ALLAUTH_TRUSTED_PROXY_COUNT")
    assert told == {"ALLAUTH_TRUSTED_PROXY_COUNT": None}
