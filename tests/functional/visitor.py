"""A person with a browser, who also notices what people do not see."""

import os
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe

from tests.repository.sources import ROOT

PICTURES = ROOT / "docs" / "manual" / "img"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

FORM = re.compile(r"<form.*?</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """Drives a page; remembers requests that leave the host and errors of policy or script."""

    def __init__(self, browser, url: str, *, width: int = 1440) -> None:
        self.url = url
        height = 900 if width > 800 else 844
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="es-HN", reduced_motion="reduce"
        )
        self.lands_at = ""
        self.tab = self.context.new_page()
        self.tab.set_default_timeout(15_000)
        self.faults: list[str] = []
        self.tab.on("request", self.note_request)
        self.tab.on("console", self.note_console)
        self.tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def note_request(self, request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if urlparse(request.url).netloc != urlparse(self.url).netloc:
            self.faults.append(f"leaves the host: {request.url}")

    def note_console(self, message) -> None:
        text = message.text
        expected = "Failed to load resource: the server responded with a status of 4"
        if message.type == "error" and expected not in text:
            self.faults.append(f"console: {text}")

    @property
    def page(self):
        """What the person has in front: where signing in leads, until they go somewhere."""
        if self.lands_at:
            self.open(self.lands_at)
        return self.tab

    def open(self, path: str):
        """Go to an address of the product; returns the response."""
        self.lands_at = ""
        return self.tab.goto(self.url + path)

    def enter_as(self, person: str) -> None:
        """Sign in with the demonstration's own form, without drawing its page nor the next one:
        most go elsewhere at once, and drawing is what costs."""
        door = self.context.request.get(f"{self.url}/ingresar/").text()
        form = next(form for form in FORM.findall(door) if person in unescape(form))
        answer = self.context.request.post(
            self.url + unescape(ACTION.search(form)[1]),
            form={"csrfmiddlewaretoken": TOKEN.search(form)[1]},
            headers={"Referer": f"{self.url}/ingresar/"},
            max_redirects=0,
        )
        assert answer.status == 302, answer.status
        self.lands_at = answer.headers["location"]

    def assert_accessible(self) -> None:
        """axe finds nothing, nothing leaves the host, and nothing scrolls sideways."""
        results = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
        assert results.violations_count == 0, results.generate_report()
        assert not self.faults, self.faults
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{self.page.url} is {overflow} px too wide"

    def picture(self, name: str, *, full: bool = False) -> None:
        """Keep a picture for the manual when asked to (SIGPRET_SCREENSHOTS=1)."""
        if os.environ.get("SIGPRET_SCREENSHOTS") == "1":
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            # Hiding the caret or freezing animations would write a style the policy refuses.
            self.page.screenshot(
                path=PICTURES / f"{name}.png", full_page=full, caret="initial", animations="allow"
            )

    def leave(self) -> None:
        self.context.close()
