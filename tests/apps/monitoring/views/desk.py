"""People at their screens: signed-in clients, and what a page says."""

import re
from html import unescape

from django.test import Client

from sigpret.apps.accounts.models import User
from sigpret.apps.monitoring.models import ReportedValue
from tests.apps.monitoring.scenes import Ministry

HTMX = {"HX-Request": "true"}


class Desk:
    """Somebody with a browser in front of a ministry's report."""

    def __init__(self, ministry: Ministry, user: User | None = None) -> None:
        self.ministry = ministry
        self.client = Client()
        if user:
            self.client.force_login(user)
        self.report_url = f"/i/{ministry.institution.code}/2026/t3/reporte"
        self.submit_url = f"{self.report_url}/enviar"
        self.paste_url = f"{self.report_url}/pegar"

    @property
    def review_url(self) -> str:
        return f"/validar/{self.ministry.report.pk}"

    def decide_url(self, value: ReportedValue) -> str:
        return f"{self.review_url}/{value.pk}"

    def get(self, url: str, **more):
        return self.client.get(url, **more)

    def post(self, url: str, data=None, **more):
        return self.client.post(url, data or {}, **more)


def row_fields(key: str, value: str, *, seen: str = "", version: int = 0, **more: str) -> dict:
    """What the browser posts for a row; `seen` is what was there before typing."""
    fields = {f"{key}-value": value, f"{key}-version": version, f"initial-{key}-value": seen}
    return fields | {f"{key}-{name}": text for name, text in more.items()}


def text_of(response) -> str:
    """The words of a page, without markup and with single spaces."""
    html = response.content.decode()
    bare = re.sub(r"<(script|style|svg|dialog)\b.*?</\1>", " ", html, flags=re.S)
    words = unescape(re.sub(r"<[^>]+>", " ", bare)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", words)


def element(html: str, tag: str, identifier: str) -> str:
    """The inner markup of `<tag id="identifier">`, with single spaces; tags do not nest."""
    found = re.search(rf'<{tag} [^>]*\bid="{identifier}"[^>]*>(.*?)</{tag}>', html, re.S)
    assert found, f"no <{tag} id={identifier}>"
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", squeezed(found[1]))


def squeezed(html: str) -> str:
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()
