"""The command line, without starting Django."""

import subprocess
import sys

import pytest

from sigpret.config import cli
from tests.repository.sources import ROOT


def test_without_a_command_it_says_what_there_is(capsys):
    assert cli.main([]) == 2
    assert "./sigpret demo" in capsys.readouterr().out


def test_an_unknown_command_is_named(capsys):
    assert cli.main(["volar"]) == 2
    assert "«volar»" in capsys.readouterr().err


def test_every_command_of_the_help_exists():
    helped = {
        line.split()[1] for line in cli.USAGE.splitlines() if line.strip().startswith("./sigpret ")
    }
    assert helped == set(cli.COMMANDS)


@pytest.mark.parametrize("name", ["read_plan", "compute"])
def test_reading_and_computing_never_start_django(name):
    code = (
        "import sys; sys.argv=['sigpret']; from sigpret.config import cli; "
        f"cli.main(['{name}', '/no/existe']); print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip().endswith("False"), done.stderr


def test_serving_without_a_secret_is_refused():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import sigpret.config.settings"],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "SIGPRET_SECRET_KEY" in done.stderr
