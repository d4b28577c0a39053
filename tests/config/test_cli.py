"""The command line, without starting Django."""

import os
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


@pytest.fixture
def machine(monkeypatch):
    """The environment of a machine where nothing was configured, to configure from there."""
    for name in ("SIGPRET_DEMO", "DATABASE_URL", *cli.SECRETS):
        monkeypatch.delenv(name, raising=False)
    return lambda **said: [monkeypatch.setenv(name, value) for name, value in said.items()]


@pytest.mark.parametrize("name", ["evaluate", "manage", "audit", "give_role"])
def test_where_nothing_is_configured_it_is_the_demonstration(machine, name):
    assert cli.why_not_to_start(name) == ""


@pytest.mark.parametrize("name", ["evaluate", "manage", "audit", "give_role", "serve"])
def test_on_somebodys_database_nobody_guesses(machine, name, capsys):
    machine(DATABASE_URL="postgresql:///ministerio")
    assert cli.main([name]) == 2
    assert "SIGPRET_SECRET_KEY_FILE" in capsys.readouterr().err
    assert "SIGPRET_DEMO" not in os.environ


@pytest.mark.parametrize("said", [{"SIGPRET_DEMO": "1"}, {"SIGPRET_SECRET_KEY": "una clave"}])
def test_who_says_what_it_is_may_go_on(machine, said):
    machine(DATABASE_URL="postgresql:///ministerio", **said)
    assert cli.why_not_to_start("evaluate") == ""


def test_serving_is_never_the_demonstration_by_default(machine):
    assert "SIGPRET_DEMO=1" in cli.why_not_to_start("serve")
