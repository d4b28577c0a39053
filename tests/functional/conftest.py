"""A real server over the demonstration country, and a real browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.functional.visitor import Visitor
from tests.repository.sources import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
IS_REQUIRED = os.environ.get("SIGPRET_REQUIRE_BROWSER") == "1"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


#: They move the clock the others live by: one to the day of a session, one closes the quarter.
AT_THE_END = ("test_minutes_journey.py", "test_quarter_journey.py")


def pytest_collection_modifyitems(config, items):
    place = {name: number for number, name in enumerate(AT_THE_END, 1)}
    items.sort(key=lambda item: place.get(item.path.name, 0))
    here = [item for item in items if "/functional/" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM and not IS_REQUIRED:
            item.add_marker(pytest.mark.skip(reason="falta Chromium"))


class Site:
    """The product as `./sigpret demo` serves it, on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "SIGPRET_DEMO": "1",
            "SIGPRET_VAR": str(folder),
            "DATABASE_URL": self.make_database(),
            "PYTHONPATH": str(ROOT / "src"),
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def make_database(self) -> str:
        url = os.environ["DATABASE_URL"]
        name = f"functional_{os.getpid()}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
        head, _, query = url.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")

    def command(self, *arguments: str, **extra: str) -> list[str]:
        self.environment |= extra
        return [sys.executable, "-W", "ignore", "-m", "sigpret.config.cli", *arguments]

    def load(self) -> None:
        subprocess.run(
            self.command("demo", "--no-serve"), env=self.environment, cwd=ROOT, check=True
        )

    def start(self, *, now: str = "2026-10-13T09:00-06:00") -> None:
        """Serve it on a day of the demonstration; a running server is replaced."""
        self.stop()
        command = self.command("demo", "--port", str(self.port), SIGPRET_DEMO_NOW=now)
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/salud", timeout=10)  # noqa: S310
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError((self.folder / "server.log").read_text()[-3000:])

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(30)
            self.server = None


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    site.load()
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import expect, sync_playwright

    # What a slow machine needs; whoever finds what they expect waits for nothing.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(site, browser):
    """Open the product as somebody: `visit("Karla Mejía")`, `visit()` for a citizen."""
    opened: list[Visitor] = []

    def open_as(person: str | None = None, *, width: int = 1440) -> Visitor:
        visitor = Visitor(browser, site.url, width=width)
        opened.append(visitor)
        if person:
            visitor.enter_as(person)
        return visitor

    yield open_as
    for visitor in opened:
        visitor.leave()
