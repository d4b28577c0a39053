"""Sharing by WhatsApp: a link that opens it with a text already written. Nothing is sent by us."""

from __future__ import annotations

from urllib.parse import urlencode

WHATSAPP = "https://wa.me/"


def whatsapp_url(text: str, address: str) -> str:
    """The link; `text` carries no personal data, because it leaves the house."""
    return f"{WHATSAPP}?{urlencode({'text': f'{text} {address}'})}"
