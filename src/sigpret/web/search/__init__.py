"""Ctrl K: any object and any action, whatever the accents and the endings of what is typed."""

from sigpret.web.search.registry import Kind, SearchHit, register, register_action, register_texts
from sigpret.web.search.words import SearchWords, stems

__all__ = [
    "Kind",
    "SearchHit",
    "SearchWords",
    "register",
    "register_action",
    "register_texts",
    "stems",
]
