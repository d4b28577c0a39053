"""Which site `./sigpret check despliegue` looks at."""

import pytest

from sigpret.config.commands import check


@pytest.fixture
def machine(monkeypatch):
    for name in check.SECRETS:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_configured_site_is_checked_as_it_is(machine):
    machine.setenv("SIGPRET_SECRET_KEY", "corta")
    machine.setenv("SIGPRET_DEMO", "0")
    assert check.site() == {}


def test_a_short_secret_of_the_site_is_found(machine, capfd):
    machine.setenv("SIGPRET_SECRET_KEY", "corta")
    machine.setenv("SIGPRET_DEMO", "0")
    assert check.run(["despliegue"]) == 1
    assert "security.W009" in capfd.readouterr().err


def test_a_site_without_a_name_is_found(machine, capfd):
    machine.setenv("SIGPRET_SECRET_KEY", check.SAMPLE_SITE["SIGPRET_SECRET_KEY"])
    machine.setenv("SIGPRET_DEMO", "0")
    machine.delenv("SIGPRET_HOSTS", raising=False)
    assert check.run(["despliegue"]) == 1
    assert "security.W020" in capfd.readouterr().err


def test_elsewhere_a_sample_site_is_checked(machine):
    assert check.site()["SIGPRET_DEMO"] == "0"


def test_an_unknown_check_is_named(capsys):
    assert check.run(["despligue"]) == 2
    assert "«despligue»" in capsys.readouterr().err
