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


def test_a_served_page_does_not_wait_for_ever():
    code = (
        "import sigpret.config.wsgi; from django.conf import settings; "
        "print(settings.DATABASES['default']['OPTIONS']['options'])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=SITE, capture_output=True, text=True
    )
    assert "statement_timeout=30s" in done.stdout, done.stderr


def test_the_pages_are_loaded_once_for_all_processes_and_are_not_garbage_to_look_through():
    code = (
        "import gc, sys, sigpret.config.wsgi; "
        "print('sigpret.config.urls' in sys.modules, gc.get_freeze_count() > 100_000)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=SITE, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_a_command_may_take_its_time():
    (databases,) = settings_of("DATABASES").values()
    assert "options" not in databases["default"].get("OPTIONS", {})


def test_the_options_of_the_address_are_kept():
    (databases,) = settings_of(
        "DATABASES",
        DATABASE_URL="postgresql:///sigpret?sslmode=require",
        SIGPRET_DATABASE_OPTIONS="-c statement_timeout=30s",
    ).values()
    assert databases["default"]["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c statement_timeout=30s",
    }
